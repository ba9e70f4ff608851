package io.forwardpass.cli;

import picocli.CommandLine.IVersionProvider;

/** The project's version, as the build wrote it into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"forwardpass " + (version == null ? "(not packaged)" : version)};
  }
}
