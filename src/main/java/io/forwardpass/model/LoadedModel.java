package io.forwardpass.model;

import io.forwardpass.network.Network;
import java.util.List;

/** A model ready to score, and what it was made of. */
public final class LoadedModel {
  private final String name;
  private final String identity;
  private final Network network;
  private final List<String> notices;

  LoadedModel(String name, String identity, Network network, List<String> notices) {
    this.name = name;
    this.identity = identity;
    this.network = network;
    this.notices = List.copyOf(notices);
  }

  /** What plans and messages call it. */
  public String name() {
    return name;
  }

  /** Equal where the bytes of its files are, and all else that the network was made of: the SHA-256 and the rest in words. */
  public String identity() {
    return identity;
  }

  public Network network() {
    return network;
  }

  /** What the user should know though nothing is wrong. */
  public List<String> notices() {
    return notices;
  }
}
