public import Evaluation
import Networks
import Torch

/// Whether the probabilities of each example crossed and were straightened: a column of its predictions, where a network
/// decodes cumulative logits.
struct StraightenedColumn {
  private let decoding: Decoding
  private var marks: [Int: Bool] = [:]

  /// - Parameter decoding: of the network; `nil` comes out where nothing can cross.
  init?(_ decoding: Decoding) {
    guard decoding == .cumulative else { return nil }
    self.decoding = decoding
  }

  /// Takes the batch of some examples in.
  mutating func take(_ outputs: Outputs, _ numbers: [Int]) {
    for (number, mark) in zip(numbers, decoding.straightens(outputs.logits.to(.float32))) {
      marks[number] = mark
    }
  }

  /// `straightened`, 1 or 0, of the examples of these numbers, in their order.
  func column(of numbers: [Int]) -> Predictions.Column {
    .init(Predictions.straightenedName, numbers.map { marks[$0] == true ? "1" : "0" })
  }
}

extension Predictions {
  /// The name of the column that marks rows whose probabilities crossed.
  static let straightenedName = "straightened"

  /// How many rows had probabilities that crossed, in a sentence; `nil` where the table does not say.
  public var straightenedWords: String? {
    guard let column = columns.first(where: { $0.name == Self.straightenedName }) else {
      return nil
    }
    let count = column.values.count { $0 == "1" }
    return
      "grades: P(y > k) rises somewhere with k in \(count) of \(column.values.count) rows, whose probabilities were straightened"
  }
}
