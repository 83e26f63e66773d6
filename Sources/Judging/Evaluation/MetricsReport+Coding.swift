/// The JSON of a report: one key for each metric, `null` where undefined; and beside them `n`,
/// `classes`, `ordered_classes`, `positive_class` with `positive_class_because`, `undefined_because`, `notes`,
/// `n_classes_averaged`, `no_skill`, `per_class`, `confusion_matrix`, `shots`, and
/// `classification_report`, which has the shape of scikit-learn's with `output_dict=True`.
extension MetricsReport: Codable {
  struct Key: CodingKey {
    let stringValue: String
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    var intValue: Int? { nil }
    init?(intValue: Int) { nil }

    static let n = Key("n")
    static let classes = Key("classes")
    static let ordered = Key("ordered_classes")
    static let classesAveraged = Key("n_classes_averaged")
    static let noSkill = Key("no_skill")
    static let perClass = Key("per_class")
    static let confusionMatrix = Key("confusion_matrix")
    static let shots = Key("shots")
    static let positive = Key("positive_class")
    static let positiveReason = Key("positive_class_because")
    static let undefined = Key("undefined_because")
    static let notes = Key("notes")
    static let classificationReport = Key("classification_report")
  }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for metric in Metric.catalogue {
      try container.encode(self[metric.name], forKey: Key(metric.name))
    }
    try container.encode(n, forKey: .n)
    try container.encode(classes, forKey: .classes)
    try container.encode(areOrdered, forKey: .ordered)
    try container.encode(positiveName, forKey: .positive)
    try container.encode(positive?.reason, forKey: .positiveReason)
    try container.encode(undefinedReasons, forKey: .undefined)
    try container.encode(notes, forKey: .notes)
    try container.encode(classesAveraged, forKey: .classesAveraged)
    try container.encode(noSkill, forKey: .noSkill)
    try container.encode(perClass, forKey: .perClass)
    try container.encode(confusionMatrix, forKey: .confusionMatrix)
    try container.encode(shots, forKey: .shots)
    try container.encode(ClassificationReport(self), forKey: .classificationReport)
  }

  private static let noScores = "there are decisions and no scores"

  /// Why metrics are undefined that need what is not there.
  private var undefinedReasons: [String: String] {
    let ofScores = hasScores ? [] : Metric.needingScores.map { ($0, Self.noScores) }
    let ofOrder = areOrdered ? [] : Metric.ofOrder.map { ($0, "the classes are not ordered") }
    return Dictionary(uniqueKeysWithValues: ofScores + ofOrder)
  }

  /// Reads a report; metrics it does not know, and the derived `classification_report`, are skipped.
  ///
  /// - Throws: `DecodingError` where a key is missing or has the wrong type.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    var values: [String: Double] = [:]
    for metric in Metric.catalogue {
      values[metric.name] = try container.decodeIfPresent(Double.self, forKey: Key(metric.name))
    }
    self.values = values
    n = try container.decode(Int.self, forKey: .n)
    classes = try container.decode([String].self, forKey: .classes)
    classesAveraged = try container.decode([String: Int].self, forKey: .classesAveraged)
    // Not in files from before 0.2.
    noSkill = try container.decodeIfPresent([String: Double].self, forKey: .noSkill) ?? [:]
    perClass = try container.decode([ClassMetrics].self, forKey: .perClass)
    confusionMatrix = try container.decode([[Int]].self, forKey: .confusionMatrix)
    shots = try container.decodeIfPresent(ShotGroups.self, forKey: .shots)
    // Not in files from before 0.2, in which the second class is the positive one and all have scores.
    let name = try container.decodeIfPresent(String.self, forKey: .positive)
    let reason = try container.decodeIfPresent(
      PositiveClass.Reason.self, forKey: .positiveReason)
    positive =
      classes.count == 2
      ? PositiveClass(name.flatMap(classes.firstIndex) ?? 1, because: reason ?? .second) : nil
    let undefined = try container.decodeIfPresent([String: String].self, forKey: .undefined)
    hasScores = !(undefined ?? [:]).keys.contains(where: Metric.needingScores.contains)
    areOrdered = try container.decodeIfPresent(Bool.self, forKey: .ordered) ?? false
    notes = try container.decodeIfPresent([String].self, forKey: .notes) ?? []
  }
}

/// scikit-learn's `classification_report(output_dict=True)`, for notebooks that read it.
struct ClassificationReport: Encodable {
  struct Row: Encodable {
    let precision, recall, f1: Double?
    let support: Int

    enum CodingKeys: String, CodingKey {
      case precision, recall, support
      case f1 = "f1-score"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(precision, forKey: .precision)
      try container.encode(recall, forKey: .recall)
      try container.encode(f1, forKey: .f1)
      try container.encode(support, forKey: .support)
    }
  }

  let report: MetricsReport

  init(_ report: MetricsReport) { self.report = report }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: MetricsReport.Key.self)
    for row in report.perClass {
      try container.encode(
        Row(precision: row.precision, recall: row.recall, f1: row.f1, support: row.support),
        forKey: .init(row.name))
    }
    // As in scikit-learn, a class with one of these names gives way to the summary.
    try container.encode(report["accuracy"], forKey: .init("accuracy"))
    for average in ["macro", "weighted"] {
      let row = Row(
        precision: report["precision_\(average)"], recall: report["recall_\(average)"],
        f1: report["f1_\(average)"], support: report.n)
      try container.encode(row, forKey: .init("\(average) avg"))
    }
  }
}
