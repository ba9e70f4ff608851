package io.forwardpass.config;

import java.util.Map;
import java.util.Optional;

/** A table that is stored somewhere: a job's input and its output. */
public interface Stored {
  Storage storage();

  default Optional<String> path() {
    return storage().path();
  }

  default Optional<String> table() {
    return storage().table();
  }

  default String format() {
    return storage().format();
  }

  default Map<String, String> options() {
    return storage().options();
  }
}
