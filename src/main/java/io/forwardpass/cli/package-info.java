/**
 * The command line, one class a command; {@link io.forwardpass.cli.Forwardpass} is its root and turns refusals into exit codes.
 */
package io.forwardpass.cli;
