package dev.weir.guardrail.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What becomes of precision and recall as the threshold moves, for one label. Immutable.
 *
 * @param points from the highest score down, one for each score that occurs
 * @param positives how many texts have the label
 * @param negatives how many have it not
 */
public record Curve(List<Point> points, int positives, int negatives) {
  /**
   * One threshold.
   *
   * @param found how many texts with the label score at least this
   * @param wrong how many without it do
   */
  public record Point(double threshold, int found, int wrong) {
    public double precision() {
      return found + wrong == 0 ? 1 : found / (double) (found + wrong);
    }
  }

  /**
   * One text.
   *
   * @param score 0 to 1
   */
  public record Scored(double score, Truth truth) {}

  /** Whether a text has the label. */
  public enum Truth {
    HAS_IT,
    HAS_IT_NOT
  }

  public Curve {
    points = List.copyOf(points);
  }

  public static Curve of(List<Scored> scored) {
    var sorted = scored.stream()
        .sorted(Comparator.comparingDouble(Scored::score).reversed())
        .toList();
    var points = new ArrayList<Point>();
    int found = 0;
    int wrong = 0;
    for (int i = 0; i < sorted.size(); i++) {
      var one = sorted.get(i);
      if (one.truth() == Truth.HAS_IT) {
        found++;
      } else {
        wrong++;
      }
      if (i + 1 == sorted.size() || sorted.get(i + 1).score() < one.score()) {
        points.add(new Point(one.score(), found, wrong));
      }
    }
    return new Curve(points, found, wrong);
  }

  /** What this threshold finds. */
  public Point at(double threshold) {
    var best = new Point(threshold, 0, 0);
    for (var point : points) {
      if (point.threshold() >= threshold) {
        best = new Point(threshold, point.found(), point.wrong());
      }
    }
    return best;
  }

  /** The lowest threshold at which no more than this share of the texts without the label are found. */
  public Point allowing(double falsePositives) {
    var best = new Point(1, 0, 0);
    for (var point : points) {
      if (point.wrong() <= falsePositives * negatives) {
        best = point;
      }
    }
    return best;
  }

  public double recall(Point point) {
    return positives == 0 ? 0 : point.found() / (double) positives;
  }

  public double falsePositives(Point point) {
    return negatives == 0 ? 0 : point.wrong() / (double) negatives;
  }

  /** Average precision: the area under the curve of precision over recall. */
  public double averagePrecision() {
    double area = 0;
    int before = 0;
    for (var point : points) {
      area += (point.found() - before) * point.precision();
      before = point.found();
    }
    return positives == 0 ? 0 : area / positives;
  }

  /** The mean of precision and recall that leans to the smaller one. */
  public double f1(Point point) {
    double precision = point.precision();
    double recall = recall(point);
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }
}
