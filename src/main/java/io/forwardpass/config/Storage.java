package io.forwardpass.config;

import java.util.Map;
import java.util.Optional;

/**
 * Where a table is and in which form: exactly one of {@code path} and {@code table} is there.
 *
 * @param options for Spark's reader or writer
 */
public record Storage(Optional<String> path, Optional<String> table, String format, Map<String, String> options) {}
