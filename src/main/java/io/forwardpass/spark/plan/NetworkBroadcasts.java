package io.forwardpass.spark.plan;

import io.forwardpass.network.Network;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Networks sent to executors, each once however many plans it is part of. */
public final class NetworkBroadcasts {
  private record Sent(SparkContext by, Broadcast<Network> broadcast) {}

  private static final Map<Network, Sent> SENT = new WeakHashMap<>();

  private NetworkBroadcasts() {}

  public static Broadcast<Network> of(SparkContext spark, Network network) {
    synchronized (SENT) {
      Sent sent = SENT.get(network);
      if (sent == null || sent.by != spark || !sent.broadcast.isValid()) {
        sent = new Sent(spark, JavaSparkContext.fromSparkContext(spark).broadcast(network));
        SENT.put(network, sent);
      }
      return sent.broadcast;
    }
  }
}
