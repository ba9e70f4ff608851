package io.forwardpass.spark.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The tasks of one run, on the driver: stopped and waited for when the run fails, as a task that goes on writing makes
 * folders again that were cleared. Spark tells a job's failure while tasks of it still run.
 */
public final class RunTasks extends SparkListener implements AutoCloseable {
  private static final String TAGS = "spark.job.tags"; // the local properties in which Spark keeps both
  private static final String INTERRUPT = "spark.job.interruptOnCancel";
  private static final long GLANCE_MILLIS = 100; // until it is noticed that the context was stopped, which then tells nothing more

  private final SparkContext spark;
  private final Duration patience;
  private final String interruptBefore;
  private final String tag = "forwardpass-" + UUID.randomUUID();
  private final String lastTag = "forwardpass-" + UUID.randomUUID();
  private final Set<Integer> jobs = new HashSet<>(); // that have not ended
  private final Set<Integer> stages = new HashSet<>();
  private final Set<Long> running = new HashSet<>();
  private boolean lastSeen;
  private Clearing clearing; // for when tasks that could not be stopped have ended

  /** Removes what a task has left. */
  interface Clearing {
    void run() throws IOException;
  }

  /**
   * Jobs that this thread starts from now on are the run's.
   *
   * @param patience how long to wait for tasks that do not stop at once
   */
  public RunTasks(SparkContext spark, Duration patience) {
    this.spark = spark;
    this.patience = patience;
    interruptBefore = spark.getLocalProperty(INTERRUPT);
    spark.addSparkListener(this);
    spark.addJobTag(tag);
    spark.setInterruptOnCancel(true);
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    String tags = job.properties() == null ? "" : job.properties().getProperty(TAGS, "");
    if (tags.contains(lastTag)) {
      lastSeen = true;
      notifyAll();
    } else if (tags.contains(tag)) {
      jobs.add(job.jobId());
      CollectionConverters.asJava(job.stageIds()).forEach(stage -> stages.add((Integer) stage));
    }
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd job) {
    jobs.remove(job.jobId());
    notifyAll();
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart task) {
    if (stages.contains(task.stageId())) {
      running.add(task.taskInfo().taskId());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    Clearing now;
    synchronized (this) {
      now = running.remove(task.taskInfo().taskId()) && running.isEmpty() ? clearing : null;
      notifyAll();
    }
    clear(now);
  }

  Duration patience() {
    return patience;
  }

  /** Cancels the run's jobs and waits until none of their tasks runs; false where some still do when patience is at its end. */
  boolean stop() {
    try {
      spark.cancelJobsWithTag(tag);
      sendLast();
    } catch (IllegalStateException stopped) {
      return true; // the whole context, and its tasks with it
    }
    // Events come in order: when a job has ended, the starts of all its tasks are known.
    return await(() -> lastSeen && jobs.isEmpty() && running.isEmpty());
  }

  /** A job without tasks: when its start is heard of, so are those of all jobs before it, however far behind listeners are. */
  @SuppressWarnings("FutureReturnValueIgnored") // the listener hears of the job
  private void sendLast() {
    spark.addJobTag(lastTag);
    JavaSparkContext.fromSparkContext(spark).emptyRDD().countAsync();
    spark.removeJobTag(lastTag);
  }

  private synchronized boolean await(BooleanSupplier ended) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (!ended.getAsBoolean() && !spark.isStopped()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(Math.min(left, GLANCE_MILLIS));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Clears what tasks leave that {@link #stop} could not stop, when they end. */
  void whenEnded(Clearing again) {
    Clearing now;
    synchronized (this) {
      clearing = again;
      now = running.isEmpty() ? again : null;
    }
    clear(now);
  }

  private static void clear(Clearing now) {
    try {
      if (now != null) {
        now.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Jobs of this thread are no longer the run's. What cannot be stopped is listened to until it ends. */
  @Override
  public void close() {
    spark.removeJobTag(tag);
    spark.setLocalProperty(INTERRUPT, interruptBefore);
    synchronized (this) {
      if (clearing != null) {
        return;
      }
    }
    spark.removeSparkListener(this);
  }
}
