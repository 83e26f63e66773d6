extension Definition {
  private static let noTruth = "undefined for a class with no true example"

  static let counts: [Definition] = [
    Definition("count", "number of images", "How many images, each counted once."),
    Definition(
      "imbalance_ratio", "imbalance ratio", "The largest class over the smallest that is there.",
      formula: "max n_c / min n_c, over n_c > 0", undefined: "undefined without images"),
    Definition(
      "effective_classes", "effective number of classes",
      "As many classes of equal size would be spread as evenly; at most the number of classes.",
      formula: "exp(−Σ π_c ln π_c), π_c the share of class c", undefined: "undefined without images"
    ),
    Definition(
      "drawn", "examples drawn",
      "How often an image of the class was shown in the mean epoch, repeats counted."),
    Definition(
      "distinct", "distinct examples", "How many different images these were in the mean epoch."),
    Definition(
      "label_mass", "label mass",
      "Share of the class in the labels that the loss saw, mixed labels counted by their parts.",
      formula: "Σ_i y_ic / Σ_i Σ_k y_ik"),
    Definition(
      "train_loss", "training loss", "Mean of the loss over the examples of an epoch, as drawn."),
    Definition(
      "learning_rate", "learning rate", "Step size of the optimizer at the last step of an epoch."),
    Definition(
      "confusion", "confusion matrix",
      "Images by true class (rows) and decided class (columns). A row rate is the count over the sum"
        + " of its row.",
      undefined: "a row without images has no rates"),
    Definition(
      "interval", "interval",
      "Made so from many test sets like this one, intervals of a level of L % hold the true value in about L of 100."
        + " An interval says nothing of other hospitals, other scanners, or another training run."),
    Definition(
      "n_classes_averaged", "classes averaged",
      "Number of classes that a mean over classes is taken over: those for which the value is"
        + " defined. An undefined class is left out, never counted as 0."),
  ]

  static let rates: [Definition] = [
    Definition(
      "recall", "recall (sensitivity)", "Of the images of the class, the part decided as it.",
      formula: "TP / (TP + FN)", undefined: noTruth),
    Definition(
      "precision", "precision (positive predictive value)",
      "Of the images decided as the class, the part that are. It falls with the prevalence.",
      formula: "TP / (TP + FP)", undefined: "undefined for a class never decided"),
    Definition(
      "specificity", "specificity", "Of the images of other classes, the part not decided as it.",
      formula: "TN / (TN + FP)", undefined: "undefined where every image is of the class"),
    Definition(
      "npv", "negative predictive value",
      "Of the images not decided as the class, the part that are not.",
      formula: "TN / (TN + FN)", undefined: "undefined where every image is decided as the class"),
    Definition(
      "f1", "F1", "Harmonic mean of precision and recall.", formula: "2 TP / (2 TP + FP + FN)",
      undefined: "undefined for a class neither true nor decided"),
    Definition(
      "roc_auc", "AUROC",
      "Probability that an image of the class has a higher score than one of another class, ties half."
        + " Does not depend on the prevalence.",
      formula: "P(s⁺ > s⁻) + ½ P(s⁺ = s⁻)", undefined: "undefined without positives or negatives"),
    Definition(
      "average_precision_class", "average precision (AUPRC)",
      "Mean of the precision over the recalls, without interpolation. A random ranking has the"
        + " prevalence.",
      formula: "Σ_k (R_k − R_{k−1}) P_k", undefined: "undefined without positives"),
    Definition(
      "prevalence", "prevalence",
      "Part of the images that are of the class; what a random ranking has as precision.",
      formula: "n_c / n", undefined: "undefined without images"),
  ]

  static let means: [Definition] = [
    Definition(
      "accuracy", "accuracy", "Part of the images decided rightly. Large classes decide it."),
    Definition(
      "balanced_accuracy", "balanced accuracy", "Mean recall over the classes in the truth.",
      formula: "mean of TP_c / n_c"),
    Definition(
      "g_mean", "G-mean",
      "Geometric mean of the recalls over the classes in the truth; 0 as soon as one class is never found.",
      formula: "(Π recall_c)^{1/C}"),
    Definition("f1_macro", "macro F1", "Mean F1 over the classes in truth or decision."),
    Definition("f1_weighted", "weighted F1", "Mean F1, weighted by the images of each class."),
    Definition("precision_macro", "macro precision", "Mean precision over the classes decided."),
    Definition(
      "precision_weighted", "weighted precision",
      "Mean precision, weighted by the images of each class."),
    Definition("recall_macro", "macro recall", "The same number as balanced accuracy."),
    Definition("recall_weighted", "weighted recall", "The same number as accuracy."),
    Definition("specificity_macro", "macro specificity", "Mean specificity over the classes."),
    Definition(
      "recall_many", "recall, many-shot", "Mean recall of the classes with many training images.",
      undefined: "undefined where no class is in the group"),
    Definition(
      "recall_medium", "recall, medium-shot",
      "Mean recall of the classes with a medium number of training images.",
      undefined: "undefined where no class is in the group"),
    Definition(
      "recall_few", "recall, few-shot", "Mean recall of the classes with few training images.",
      undefined: "undefined where no class is in the group"),
  ]

  static let agreement: [Definition] = [
    Definition(
      "mcc", "Matthews' correlation (MCC)",
      "Correlation of truth and decision over all classes: 1 is perfect, 0 is chance.",
      formula: "(c s − Σ p_k t_k) / √((s² − Σ p_k²)(s² − Σ t_k²))",
      undefined: "0 where all truths, or all decisions, are of one class"),
    Definition(
      "cohen_kappa", "Cohen's κ", "Agreement beyond what chance gives.",
      formula: "(p_o − p_e) / (1 − p_e)", undefined: "undefined where chance agrees always"),
    Definition(
      "cohen_kappa_linear", "Cohen's κ, linear weights",
      "The same for ordered classes: a mistake counts by its distance.",
      undefined: "undefined where the classes are not said to be ordered"),
    Definition(
      "cohen_kappa_quadratic", "Cohen's κ, quadratic weights",
      "The same for ordered classes: a mistake counts by its squared distance.",
      undefined: "undefined where the classes are not said to be ordered"),
    Definition(
      "kendall_tau", "Kendall's τ-b",
      "Rank correlation of truth and decision, for ordered classes.",
      undefined: "undefined where the classes are not said to be ordered"),
  ]

  static let scores: [Definition] = [
    Definition(
      "calibration_slope", "calibration slope",
      "How far the log odds of a class would have to be stretched to be right: 1 is right, below 1 its probabilities are"
        + " too extreme.", formula: "b of logit P(y) = a + b logit p",
      undefined:
        "undefined with fewer than ten images of the class or of the rest, and where they are separated"
    ),
    Definition(
      "calibration_intercept", "calibration intercept",
      "How far they would have to be moved: 0 is right, below 0 the class is promised more often than it comes.",
      formula: "a of logit P(y) = a + logit p"),
    Definition(
      "roc_auc_ovr", "macro AUROC",
      "Mean over the classes of the AUROC of each against the rest; of two classes that of the positive one.",
      undefined: "a class without positives or negatives is left out"),
    Definition(
      "roc_auc_ovo", "macro AUROC, one against one",
      "Mean over all pairs of classes of the AUROC between the two."),
    Definition(
      "average_precision", "macro average precision",
      "Mean over the classes of the average precision; of two classes that of the positive one."),
    Definition(
      "log_loss", "log loss",
      "Mean of −ln of the probability given to the true class; less is better.",
      formula: "−(1/n) Σ ln p_{i, y_i}"),
    Definition(
      "brier", "Brier score",
      "Mean squared distance of the probabilities from the truth; less is better.",
      formula: "(1/n) Σ_i Σ_c (p_ic − y_ic)²"),
    Definition(
      "ece", "calibration error (ECE)",
      "Mean distance between how sure the model is and how often it is right, over 15 bins of equal"
        + " width; less is better.",
      formula: "Σ_b (n_b / n) |right_b − sure_b|"),
    Definition(
      "ece_classwise", "class-wise calibration error",
      "The same for the probability of each class, and the mean over the classes."),
    Definition(
      "top_3_accuracy", "top-3 accuracy",
      "Part of the images whose class is among the 3 most probable."),
    Definition(
      "top_5_accuracy", "top-5 accuracy",
      "Part of the images whose class is among the 5 most probable."),
    Definition(
      "confidence", "confidence", "The probability of what was decided."),
  ]

  static let decisions: [Definition] = [
    Definition(
      "threshold", "operating point",
      "Score from which on an image is called positive; chosen on validation, judged on test."),
    Definition(
      "coverage", "coverage",
      "Part of the images that the model decides itself; it abstains on the rest."),
    Definition(
      "promise", "promise",
      "The rate that holds for new images like those of validation, with the stated confidence over validation sets:"
        + " a sensitivity and a specificity of at least this, a work load and a risk of at most this."
    ),
    Definition("risk", "selective risk", "Part of the decided images that are decided wrongly."),
    Definition(
      "conformal", "prediction set",
      "All classes that cannot be ruled out; holds the true class in the stated part of the cases."),
    Definition(
      "difference", "paired difference",
      "The value of one model less that of the other, on the same images; its interval comes from"
        + " resampling the images for both together (of fewer than 50 images from leaving out one after another, a"
        + " jackknife, where that is longer), that of accuracy and of one class's recall from Newcombe's formula, of"
        + " balanced accuracy from Bonett's and Price's and of a class's AUROC from DeLong's where images are"
        + " independent; where they come in groups, from leaving out one group after another."),
    Definition(
      "mcnemar", "McNemar's test",
      "Whether one model is right more often where exactly one of the two is."),
    Definition(
      "holm", "Holm's correction",
      "p values raised so that with many classes the chance of a single false alarm stays at 5 %."),
  ]
}
