public import Networks
import Requirements
public import Sampling
public import Torch

/// A change of a network between two stages, made at once and not by gradient.
///
/// The network that comes out shares what it keeps with the one that went in; what changes is in new
/// tensors, and none that went in is written to. An edit draws only from the
/// generator that it is given, so repeating it on the same weights gives the same bytes.
public protocol NetworkEdit: Sendable {
  /// The changed network.
  ///
  /// - Parameters:
  ///   - network: as the stage left it.
  ///   - tools: what the edit may look at.
  /// - Throws: whatever reading an image throws.
  func edited(_ network: Network, with tools: any EditTools) throws -> Network

  /// What it adds to the logit of each class for good, `[C]`; `nil` where that is not what it does.
  var logitShift: [Double]? { get }

  /// Whether it changes the weights or the biases of linear heads and knows no others; `false` for most.
  var needsLinearHeads: Bool { get }
}

extension NetworkEdit {
  /// Nothing.
  public var logitShift: [Double]? { nil }

  /// It does not.
  public var needsLinearHeads: Bool { false }
}

/// What an edit may look at.
public protocol EditTools {
  /// Counts of the training set.
  var classes: ClassCounts { get }
  /// Names of the classes or labels, `[C]`, for what is said; empty where nobody knows them.
  var names: [String] { get }
  /// Where first weights come from; the same for the same edit of the same run.
  var generator: Generator { get }
  /// What the heads would see of every training image once, unmixed and not augmented.
  func trainingFeatures() throws -> LabelledFeatures
  /// The same of the validation images; `nil` where there are none.
  func validationFeatures() throws -> LabelledFeatures?
  /// How far every training image is from what a decoder makes of it, as features of length 1.
  func trainingErrors() throws -> LabelledFeatures
  /// The same of the validation images; `nil` where there are none.
  func validationErrors() throws -> LabelledFeatures?
  /// Told again and again how much of a long fit is done, and of how much; throws where somebody asks to stop.
  func fitting(_ done: Int, of count: Int) throws
  /// Told in a sentence what a person should know of the edit.
  func say(_ words: String)
  /// Takes note of what the edit chose on validation.
  func chose(_ choice: EditChoice) throws
}

extension EditTools {
  /// Stops the program: tools that know no images were asked for errors of images.
  ///
  /// - Throws: never here; the tools' own function may.
  /// - Precondition: the tools have images, and so their own function in place of this one.
  public func trainingErrors() throws -> LabelledFeatures {
    requirementFailed("EditTools.trainingErrors: expected tools of images, got \(Self.self)")
  }

  /// Nobody knows them.
  public var names: [String] { [] }

  /// The words go nowhere.
  public func say(_ words: String) {}

  /// Takes no note.
  ///
  /// - Throws: nothing; tools that write it to a file throw what writing throws.
  public func chose(_ choice: EditChoice) throws {}

  /// None.
  ///
  /// - Throws: nothing; tools of images throw what reading an image throws.
  public func validationErrors() throws -> LabelledFeatures? { nil }

  /// Goes on.
  ///
  /// - Throws: nothing; tools that can be asked to stop throw then.
  public func fitting(_ done: Int, of count: Int) throws {}
}

/// Features of labelled images, in the order of the set.
public struct LabelledFeatures: Sendable {
  /// `[N, F]`, float32, on the processor; the branches of a network side by side.
  public let features: Tensor
  /// Class of each row, or in training the range of its number, `[N]`; empty where a row may have several labels, and in validation where
  /// the target is a number.
  public let labels: [Int]
  /// What belongs together, `[N]`, empty of a row that stands alone; `nil` where all rows do.
  public let groups: [String]?
  /// The labels of each row, `[N, L]`, where it may have several; else `nil`.
  public let labelTable: LabelTable?
  /// The number of each row as networks see it, (y − mean) / scale of the training part, `[N]`, where that is the target; else
  /// `nil`.
  public let numbers: [Double]?

  /// - Parameters:
  ///   - features: `[N, F]`.
  ///   - labels: class of each row, `[N]`.
  ///   - groups: what belongs together, `[N]`; `nil` where every row stands alone.
  ///   - labelTable: the labels of each row, `[N, L]`, where it may have several.
  ///   - numbers: the number of each row as networks see it, `[N]`, where that is the target.
  public init(
    features: Tensor, labels: [Int], groups: [String]? = nil, labelTable: LabelTable? = nil,
    numbers: [Double]? = nil
  ) {
    (self.features, self.labels, self.groups) = (features, labels, groups)
    (self.labelTable, self.numbers) = (labelTable, numbers)
  }

  /// Some rows, in the order given.
  ///
  /// - Parameter rows: row numbers, each in `0..<N`.
  func keeping(_ rows: [Int]) -> LabelledFeatures {
    LabelledFeatures(
      features: features.indexSelect(
        dim: 0, Tensor(rows.map(Int64.init), shape: [rows.count])),
      labels: labels.isEmpty ? [] : rows.map { labels[$0] },
      groups: groups.map { groups in rows.map { groups[$0] } },
      labelTable: labelTable.map { table in
        LabelTable(rows.flatMap { table[$0] }, width: table.width)
      }, numbers: numbers.map { numbers in rows.map { numbers[$0] } })
  }
}
