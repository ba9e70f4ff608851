/**
 * Job files: text to checked, immutable values. {@link io.forwardpass.config.JobFile} reads one, {@link io.forwardpass.config.JobConfig}
 * is what comes out. Defaults stand in {@code conf/reference.conf} alone.
 *
 * <p>It knows neither models nor tables, and uses {@code refusal} alone.
 */
package io.forwardpass.config;
