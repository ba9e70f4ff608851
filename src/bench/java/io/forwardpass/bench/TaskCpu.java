package io.forwardpass.bench;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** The processor time that tasks took: what they cost where other programs want the same cores. */
final class TaskCpu extends SparkListener {
  private final AtomicLong nanoseconds = new AtomicLong();

  static TaskCpu of(SparkSession session) {
    TaskCpu cpu = new TaskCpu();
    session.sparkContext().addSparkListener(cpu);
    return cpu;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      nanoseconds.addAndGet(end.taskMetrics().executorCpuTime() + end.taskMetrics().executorDeserializeCpuTime());
    }
  }

  /** Seconds of all tasks that ended so far. */
  double seconds() {
    return nanoseconds.get() / 1e9;
  }
}
