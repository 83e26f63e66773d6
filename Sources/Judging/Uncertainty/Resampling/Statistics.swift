package import Evaluation

/// A rate or area of one class that gets an interval of its own.
public enum ClassStatistic: String, Sendable, Codable, CaseIterable {
  /// TP / (TP + FN).
  case recall
  /// TP / (TP + FP).
  case precision
  /// TN / (TN + FP).
  case specificity
  /// 2 TP / (2 TP + FP + FN).
  case f1
  /// Area under the ROC curve against the rest.
  case rocAUC = "roc_auc"
  /// Average precision against the rest.
  case averagePrecision = "average_precision"

  /// Its values, `[C]`; `nil` where undefined.
  func values(in inputs: MetricInputs) -> [Double?] {
    switch self {
    case .recall: inputs.confusion.recall
    case .precision: inputs.confusion.precision
    case .specificity: inputs.confusion.specificity
    case .f1: inputs.confusion.f1
    case .rocAUC: inputs.rocAUC
    case .averagePrecision: inputs.averagePrecision
    }
  }
}

/// The numbers that are computed of every resample, one after the other in a flat list: those of
/// `Metric.catalogue`, then each class statistic for all classes. NaN stands for undefined.
package struct StatisticList {
  /// Number of classes `C`.
  package let classes: Int

  package init(classes: Int) { self.classes = classes }

  /// Length of the list.
  package var count: Int { Metric.catalogue.count + ClassStatistic.allCases.count * classes }

  /// Place of a statistic of a class.
  package func place(of statistic: ClassStatistic, class index: Int) -> Int {
    let number = ClassStatistic.allCases.firstIndex(of: statistic) ?? 0
    return Metric.catalogue.count + number * classes + index
  }

  /// The list of one resample, `[count]`.
  package func values(_ inputs: MetricInputs) -> [Double] {
    let means = Metric.catalogue.map { $0(inputs).value ?? .nan }
    return ClassStatistic.allCases.reduce(into: means) { list, statistic in
      list += statistic.values(in: inputs).map { $0 ?? .nan }
    }
  }
}
