extension Definition {
  static let thresholds: [Definition] = [
    Definition(
      "sensitivity_at_specificity", "sensitivity at specificity",
      "The largest recall among all thresholds that keep at least so much specificity.",
      formula: "max TP / P over thresholds with TN / N ≥ s",
      undefined: "undefined without positives or negatives"),
    Definition(
      "specificity_at_sensitivity", "specificity at sensitivity",
      "The largest specificity among all thresholds that keep at least so much recall.",
      formula: "max TN / N over thresholds with TP / P ≥ s",
      undefined: "undefined without positives or negatives"),
    Definition(
      "precision_at_top", "precision among the highest",
      "Of the images with the highest scores, so many as there are of the class or ten, the part"
        + " that are of the class. Equal scores share their places.",
      undefined: "undefined with fewer images, or without positives"),
    Definition(
      "net_benefit", "net benefit",
      "True positives per image, less the false ones weighed by the odds of the probability t from which"
        + " somebody acts. Treating none is worth 0.",
      formula: "TP / n − FP / n · t / (1 − t)", undefined: "undefined without images"),
    Definition(
      "imbalance_impact", "imbalance impact",
      "What a metric would be at another prevalence: positives and negatives are weighed, the scores"
        + " and the decisions stay."),
  ]
}
