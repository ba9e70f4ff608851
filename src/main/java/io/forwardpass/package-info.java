/**
 * Runs trained Keras models over very large tables on Apache Spark, in plain Java.
 *
 * <p>{@link io.forwardpass.Main} is what {@code spark-submit} starts; everything else lies in the packages below, each of which says
 * what it is for, what it may use and where to enter it. Which package may use which is checked by {@code PackageRulesTest}.
 */
package io.forwardpass;
