import Losses
import Mixing
package import Plans
import Sampling

/// What `steelyard methods NAME` says of one stage: its parts, by the names that they have in the libraries.
package struct StageListing: Codable, Equatable, Sendable {
  /// Part of the run, in `0...1`.
  package var share: Double
  /// The sampler of each stream.
  package var samplers: [String]
  /// The objective, then its losses, mixings and terms; what is there several times running is counted.
  package var objective: [String]
  /// What of the network learns.
  package var learns: String
  /// Edits of the network before its first and after its last epoch.
  package var edits: [String]
  /// Images that are read for each row of a batch: 1 where every image of an epoch is read once.
  package var imagesPerRow: Double

  package init(_ stage: Stage) {
    share = stage.fraction
    samplers = stage.streams.map { Self.name($0.sampler) }
    objective = PartNames.of(stage.objective)
    learns =
      switch stage.trains {
      case .everything: "everything"
      case .nothing: "nothing"
      case .heads: "the last layer"
      case .ofHeads(let names): "of the last layer " + names.joined(separator: ", ")
      case .router: "which rows need another expert"
      }
    edits = (stage.opening + stage.closing).map(Self.name)
    let unlabelled = stage.unlabelled.map { $0.views.count * $0.ratio } ?? 0
    imagesPerRow = Double(stage.streams.map(\.views.count).reduce(0, +) + unlabelled)
  }

  /// One line: what draws, what it learns by, what learns where that is not everything, and the edits.
  var parts: String {
    let learning = learns == "everything" ? "" : ", learns: \(learns)"
    let changes = edits.isEmpty ? "" : ", edits: \(edits.joined(separator: ", "))"
    return
      "\(samplers.joined(separator: " + ")) → \(objective.joined(separator: ", "))\(learning)\(changes)"
  }

  private static func name(_ value: Any) -> String { "\(type(of: value))" }
}
