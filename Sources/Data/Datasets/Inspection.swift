public import Imaging
import Sampling

/// Everything worth knowing about a data set before training on it; the same data give the same
/// value, and JSON of it is what `inspect --json` prints.
public struct Inspection: Codable, Sendable, Equatable {
  /// One class.
  public struct ClassRow: Codable, Sendable, Equatable {
    /// The class.
    public let name: String
    /// Its images in all.
    public let images: Int
    /// Its images per split, by the split's name; empty when the data are not split.
    public let splits: [String: Int]
    /// Its groups; nil when the data have none.
    public let groups: Int?
  }

  /// The groups of the data.
  public struct Groups: Codable, Sendable, Equatable {
    /// How many there are.
    public let count: Int
    /// Images without one.
    public let ungrouped: Int
    /// Images per group.
    public let images: Spread
  }

  /// Smallest, middle and largest of some numbers.
  public struct Spread: Codable, Sendable, Equatable {
    /// The smallest.
    public let minimum: Int
    /// The lower one of the two in the middle when their number is even.
    public let median: Int
    /// The largest.
    public let maximum: Int

    init?(_ values: [Int]) {
      let sorted = values.sorted()
      guard let first = sorted.first, let last = sorted.last else { return nil }
      minimum = first
      median = sorted[(sorted.count - 1) / 2]
      maximum = last
    }
  }

  /// An image that does not decode.
  public struct BadImage: Codable, Sendable, Equatable {
    /// The example's path.
    public let path: String
    /// Its class.
    public let label: String?
    /// Why.
    public let reason: String
  }

  /// Name of the data set.
  public let name: String
  /// How it is laid out.
  public let layout: Dataset.Layout
  /// What the examples are.
  public let input: InputKind
  /// Number of images, or of what the examples are.
  public let images: Int
  /// Images per split, by the split's name; empty when the data are not split.
  public let splits: [String: Int]
  /// The classes, in the order of ``Dataset/trainingClasses()``; where an image may have several labels, these; of a number its
  /// ranges in the training part, or of all images when not split, from the lowest on.
  public let classes: [ClassRow]
  /// What the number is called whose ranges ``classes`` are; nil where images have classes or labels.
  public let number: String?
  /// Images that have none of the labels; nil where an image has one class.
  public let withoutLabel: Int?
  /// n_max / n_min over the training part, or over all images when not split; nil without labels.
  public let imbalanceRatio: Double?
  /// exp(−Σ p_c ln p_c) of the same counts: as many equally frequent classes would be as diverse; nil of several labels and of a number.
  public let effectiveClasses: Double?
  /// The groups; nil when the data have none.
  public let groups: Groups?
  /// Numbers of a row, or channels of a series; nil of images.
  public let numbers: Int?
  /// Steps of the series; nil of anything else.
  public let steps: Spread?
  /// Widths in pixels; nil when no image could be read.
  public let width: Spread?
  /// Heights in pixels; nil when no image could be read.
  public let height: Spread?
  /// Images per number of stored channels.
  public let channels: [String: Int]
  /// Images per number of bits a channel.
  public let bits: [String: Int]
  /// Images per format.
  public let formats: [String: Int]
  /// Images that do not decode.
  public let unreadable: [BadImage]
  /// Folders below class folders: images in them have the class of the folder above.
  public let deeperFolders: Int
  /// What the columns of tables were taken for; empty where there is no table.
  public let columns: [ColumnUse]
  /// What was read another way than written, and what was not counted.
  public let notes: [ReadingNote]
  /// What may be an oversight.
  public let warnings: [ReadingWarning]
  /// Equal images and groups, across splits and within.
  public let leakage: LeakageReport
  /// What the files leave open, counted.
  public let pixels: PixelCensus
  /// How it was decided here.
  public let pixelReading: PixelReading
  /// The scale of samples that do not say what is black and white, of the training part or of all images.
  public let intensity: IntensityEstimate
  /// Images that are the same picture again without being equal.
  public let nearCopies: NearCopyReport
  /// Every reason for which training refuses these data, in the words it uses; empty when none.
  public let problems: [String]
  /// What to do next, in one line.
  public let recommendation: String

  /// Looks at a data set.
  ///
  /// - Parameters:
  ///   - dataset: labelled or not.
  ///   - survey: of the same data set.
  ///   - nearCopies: of the same data set.
  /// - Precondition: `survey` has one entry per example.
  public init(_ dataset: Dataset, _ survey: Survey, nearCopies: NearCopies = .none) {
    let leakage = LeakageReport(dataset, survey)
    let classes = Self.classRows(dataset)
    let training = classes.map { $0.splits.isEmpty ? $0.images : $0.splits["train"] ?? 0 }
    let unreadable = zip(dataset.examples, survey.facts).compactMap { example, facts in
      facts.failure.map { BadImage(path: example.path, label: example.label, reason: $0) }
    }
    let sizes = survey.facts.compactMap(\.size)
    name = dataset.name
    layout = dataset.layout
    (input, images) = (dataset.inputKind, dataset.examples.count)
    numbers = dataset.rows?.width
    steps = Self.steps(dataset)
    splits = Self.histogram(dataset.examples.map { $0.split?.rawValue })
    self.classes = classes
    imbalanceRatio = Self.imbalance(training)
    withoutLabel = Self.withoutLabel(dataset)
    number = dataset.numberName
    effectiveClasses = withoutLabel == nil && number == nil ? Self.effective(training) : nil
    groups = Self.groups(dataset)
    width = Spread(sizes.map(\.width))
    height = Spread(sizes.map(\.height))
    channels = Self.histogram(survey.facts.map { $0.channels.map(String.init) })
    bits = Self.histogram(survey.facts.map { $0.bits.map(String.init) })
    formats = Self.histogram(survey.facts.map(\.format))
    self.unreadable = unreadable
    deeperFolders = dataset.reading.deeperFolders
    columns = dataset.reading.tables
    notes = dataset.reading.notes
    warnings = dataset.reading.warnings
    self.leakage = leakage
    pixels = PixelCensus(survey)
    pixelReading = dataset.pixelReading
    let intensity = IntensityEstimate(dataset, survey)
    self.intensity = intensity
    self.nearCopies = NearCopyReport(dataset, nearCopies)
    problems = Self.refusals(dataset, survey, leakage, intensity).map(\.description)
    recommendation =
      Recommendation(
        input: dataset.inputKind, classes: classes, training: training,
        unreadable: unreadable.count, leakage: leakage, areLabels: withoutLabel != nil,
        number: number
      ).text
  }

  /// What training throws about these data, each error that it could come to.
  private static func refusals(
    _ dataset: Dataset, _ survey: Survey, _ leakage: LeakageReport, _ intensity: IntensityEstimate
  ) -> [DatasetError] {
    var errors: [DatasetError] = []
    func collect(_ body: () throws(DatasetError) -> Void) {
      do throws(DatasetError) { try body() } catch { errors.append(error) }
    }
    collect { () throws(DatasetError) in try survey.problems(of: dataset).check() }
    var read = dataset
    read.pixelReading = dataset.pixelReading.scaled(by: intensity)
    collect { () throws(DatasetError) in try survey.scaleProblems(of: read).check() }
    if dataset.numberName != nil {
      collect { () throws(DatasetError) in _ = try dataset.trainingNumber() }
    } else if dataset.labelNames != nil {
      collect { () throws(DatasetError) in _ = try dataset.trainingLabels() }
    } else if dataset.examples.contains(where: { $0.label != nil }) {
      collect { () throws(DatasetError) in _ = try dataset.trainingClasses() }
    }
    if !leakage.isClean { errors.append(.leakage(leakage)) }
    return errors
  }

  private static func steps(_ dataset: Dataset) -> Spread? {
    guard let rows = dataset.rows, rows.kind == .series else { return nil }
    return Spread((0..<rows.count).map { rows.steps(of: $0) })
  }

  private static func classRows(_ dataset: Dataset) -> [ClassRow] {
    var members: [String: [Example]] = [:]
    let ranges = ranges(dataset)
    let rangeNames = ranges?.names
    for example in dataset.examples {
      if let ranges, let rangeNames, let number = example.number {
        members[rangeNames[ranges.place(number)], default: []].append(example)
      } else if let label = example.label {
        members[label, default: []].append(example)
      }
      for (name, has) in zip(dataset.labelNames ?? [], example.labels ?? []) where has == true {
        members[name, default: []].append(example)
      }
    }
    let isGrouped = dataset.examples.contains { $0.group != nil }
    return (rangeNames ?? dataset.labelNames ?? dataset.ordered(members.keys).names).map { name in
      let examples = members[name] ?? []
      return ClassRow(
        name: name, images: examples.count,
        splits: histogram(examples.map { $0.split?.rawValue }),
        groups: isGrouped ? Set(examples.compactMap(\.group)).count : nil)
    }
  }

  /// The ranges that stand in for classes of a number; nil of anything else.
  private static func ranges(_ dataset: Dataset) -> ValueBins? {
    guard dataset.numberName != nil, !dataset.examples.isEmpty else { return nil }
    let training = dataset.examples.indices.filter { dataset.examples[$0].split == .train }
    let counted = training.isEmpty ? Array(dataset.examples.indices) : training
    return ValueBins(of: dataset.numbers(of: counted), count: NumberTable.binCount)
  }

  private static func withoutLabel(_ dataset: Dataset) -> Int? {
    dataset.labelNames.map { _ in
      dataset.examples.count { example in example.labels?.contains(true) != true }
    }
  }

  private static func groups(_ dataset: Dataset) -> Groups? {
    let counts = histogram(dataset.examples.map(\.group))
    guard let spread = Spread(Array(counts.values)) else { return nil }
    let grouped = counts.values.reduce(0, +)
    return Groups(
      count: counts.count, ungrouped: dataset.examples.count - grouped, images: spread)
  }

  private static func histogram(_ values: [String?]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for value in values {
      if let value { counts[value, default: 0] += 1 }
    }
    return counts
  }

  private static func imbalance(_ counts: [Int]) -> Double? {
    let present = counts.filter { $0 > 0 }
    guard let most = present.max(), let least = present.min() else { return nil }
    return Double(most) / Double(least)
  }

  private static func effective(_ counts: [Int]) -> Double? {
    let total = Double(counts.reduce(0, +))
    guard total > 0 else { return nil }
    return exponential(
      counts.filter { $0 > 0 }.reduce(0) { entropy, count in
        let share = Double(count) / total
        return entropy - share * logarithm(share)
      })
  }
}
