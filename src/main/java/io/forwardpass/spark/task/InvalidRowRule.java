package io.forwardpass.spark.task;

import io.forwardpass.config.JobConfig.InvalidPolicy;
import java.io.Serializable;

/** What becomes of rows that cannot be scored. */
public final class InvalidRowRule implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InvalidPolicy policy;
  private final boolean nanIsInvalid;
  private final int[] key;

  /** @param key the columns that name such a row in messages, by their place among those the scoring needs */
  public InvalidRowRule(InvalidPolicy policy, boolean nanIsInvalid, int[] key) {
    this.policy = policy;
    this.nanIsInvalid = nanIsInvalid;
    this.key = key;
  }

  /** The same for rows that no column names. */
  public InvalidRowRule withoutKey() {
    return new InvalidRowRule(policy, nanIsInvalid, new int[0]);
  }

  /** Whether the first of them stops the run. */
  public boolean stops() {
    return policy == InvalidPolicy.ERROR;
  }

  /** Whether they are written, without a prediction. */
  public boolean keeps() {
    return policy == InvalidPolicy.KEEP;
  }

  /** Whether a row with NaN is one of them; a row with a null always is. */
  public boolean nanIsInvalid() {
    return nanIsInvalid;
  }

  public int[] key() {
    return key;
  }
}
