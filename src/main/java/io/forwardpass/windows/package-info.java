/**
 * Which rows form which look-back window. {@link io.forwardpass.windows.WindowRules} says what the job asks for, {@link
 * io.forwardpass.windows.SeriesWindows} takes sorted rows one by one.
 *
 * <p>It uses nothing of the project's, and no Spark.
 */
package io.forwardpass.windows;
