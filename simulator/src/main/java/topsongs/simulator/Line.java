package topsongs.simulator;

import java.util.Arrays;

/** Weights laid end to end: a point of the line falls on an index as often as its weight says. */
final class Line {
  private final double[] ends;

  /** At least one weight must be above 0. */
  Line(double[] weights) {
    ends = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      ends[i] = sum;
    }
  }

  double length() {
    return ends[ends.length - 1];
  }

  /**
   * @param unit where to look, from 0 (included) to 1 (excluded)
   */
  int at(double unit) {
    double point = unit * length();
    int found = Arrays.binarySearch(ends, point);
    int index = found < 0 ? -found - 1 : found + 1;
    return Math.min(index, ends.length - 1);
  }
}
