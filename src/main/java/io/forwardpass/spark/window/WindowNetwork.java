package io.forwardpass.spark.window;

import io.forwardpass.network.Block;
import io.forwardpass.network.Network;
import io.forwardpass.network.RowPart;
import io.forwardpass.network.RowWindows;
import io.forwardpass.network.Workspace;
import io.forwardpass.spark.task.Scoring;
import io.forwardpass.spark.task.Windowing;
import io.forwardpass.windows.SeriesWindows;
import io.forwardpass.windows.WindowRows;
import java.util.List;

/** Runs a network over windows, for one task: what it can compute once per row is shared by all windows that hold the row. */
final class WindowNetwork {
  /**
   * From this many features on, projecting a row again in every window costs more than fetching its projection. Measured: a
   * projected number takes the time of 16 products to fetch where windows are neighbours, of twice as many where they are not.
   */
  private static final int SHARING_PAYS = 24;

  private final Network network;
  private final Workspace workspace;
  private final WindowRows rows;
  private final RowPart[] parts;
  private final RowWindows[] windows; // by part
  private final boolean[] filled; // by input: whether its windows are laid out
  private final int blockRows;

  WindowNetwork(Network network, Scoring scoring) {
    this.network = network;
    Windowing windowing = scoring.windows();
    blockRows = scoring.blockRows();
    workspace = network.workspace(blockRows);
    // windows that hardly overlap share too little
    int overlap = windowing.rules().lookBack() / windowing.rules().stride();
    List<RowPart> shared = network.rowParts().stream()
        .filter(
            part -> windowing.inputs().isWindowed(part.input()) && overlap > 1 && windowing.inputs().widths()[part.input()] >= SHARING_PAYS)
        .toList();
    parts = shared.toArray(RowPart[]::new);
    int[] derived = shared.stream().mapToInt(RowPart::width).toArray();
    rows = SeriesWindows.rows(windowing.rules(), windowing.inputs().steps(), windowing.inputs().widths(), derived, blockRows);
    filled = new boolean[network.inputs()];
    for (int i = 0; i < filled.length; i++) {
      int input = i;
      filled[i] = shared.stream().noneMatch(part -> part.input() == input) || network.readsWindows(i) || scoring.predictions().readInputs();
    }
    windows = new RowWindows[parts.length];
    for (int p = 0; p < parts.length; p++) {
      windows[p] = new RowWindows(projected(p), rows.capacity(), rows.lastRows());
      workspace.feed(parts[p], windows[p]);
    }
  }

  private float[] projected(int part) {
    return rows.features(network.inputs() + part);
  }

  WindowRows rows() {
    return rows;
  }

  Workspace workspace() {
    return workspace;
  }

  /** Computes the outputs of the batch's windows; rows are projected even where none ends a window. */
  void forward() {
    int from = rows.carried();
    int lanes = Block.lanes(rows.next() - from);
    for (int p = 0; p < parts.length; p++) {
      parts[p].project(rows.features(parts[p].input()), projected(p), from, rows.capacity(), lanes);
      windows[p].take(rows.windows());
    }
    if (rows.windows() == 0) {
      return;
    }
    for (int i = 0; i < filled.length; i++) {
      if (filled[i]) {
        rows.fill(i, workspace.input(i).data(), blockRows);
      }
    }
    network.forward(workspace, rows.windows());
  }
}
