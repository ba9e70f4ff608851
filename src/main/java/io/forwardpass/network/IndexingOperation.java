package io.forwardpass.network;

/** An operation whose input is the whole numbers of something: those from {@link #least} to before {@link #end}. */
public interface IndexingOperation extends Operation {
  int least();

  int end();
}
