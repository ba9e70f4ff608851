package io.forwardpass.spark.interop;

import java.util.List;
import java.util.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's plans speak Scala's collections. */
public final class ScalaLists {
  private ScalaLists() {}

  public static <T> Seq<T> seq(List<? extends T> list) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(list)).toSeq();
  }

  public static <T> List<T> list(scala.collection.Seq<T> seq) {
    return List.copyOf(CollectionConverters.asJava(seq));
  }

  public static <K, V> scala.collection.immutable.Map<K, V> map(Map<K, V> map) {
    return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(map));
  }
}
