package io.forwardpass.sql.call;

import io.forwardpass.model.LoadedModel;
import io.forwardpass.network.Network;
import io.forwardpass.spark.plan.NetworkBroadcasts;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A model as a plan holds it: what was read when the query was analysed, whatever becomes of the file. It travels as a broadcast. */
public final class PinnedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String identity;
  private final transient Network network; // null once it has travelled
  private Broadcast<Network> sent;

  public PinnedModel(LoadedModel model) {
    name = model.name();
    identity = model.identity();
    network = model.network();
  }

  String name() {
    return name;
  }

  Network network() {
    return network != null ? network : sent.value();
  }

  public Broadcast<Network> broadcast(SparkContext spark) {
    return NetworkBroadcasts.of(spark, network);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    if (network != null) {
      sent = broadcast(SparkContext.getOrCreate());
    }
    out.defaultWriteObject();
  }

  /** Equal where the bytes of the model are. */
  @Override
  public boolean equals(Object object) {
    return object instanceof PinnedModel model && identity.equals(model.identity);
  }

  @Override
  public int hashCode() {
    return identity.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
