public import Batches
import Foundation
import Requirements
public import Sampling
public import Torch

/// An objective of any type together with its memory: what a training loop holds during a stage.
///
///     var objective = RunningObjective(stage.objective, for: classes)
///     let terms = objective.terms(batches, through: network, using: &source)
///     terms.total.backward()
public struct RunningObjective: Sendable {
  /// The objective.
  public let objective: any Objective
  private var memory: any Codable & Sendable

  /// The objective before its first step.
  ///
  /// - Parameters:
  ///   - objective: what each step minimises.
  ///   - classes: counts of the training set.
  public init(_ objective: any Objective, for classes: ClassCounts) {
    self.objective = objective
    memory = objective.memory(for: classes)
  }

  /// One step; remembers what the objective wants remembered.
  ///
  /// - Parameters:
  ///   - batches: one batch of each stream, inputs `[N, 3, H, W]`.
  ///   - network: inputs `[N, 3, H, W]` to logits `[N, C]`.
  ///   - generator: where the randomness comes from.
  /// - Returns: losses, one value per row, `[N]`.
  /// - Precondition: as many batches as the objective joins streams, of equal shape.
  public mutating func terms(
    _ batches: [Batch], through network: (Tensor) -> Tensor,
    using generator: inout some RandomNumberGenerator
  ) -> Terms {
    step(objective, batches, network, &generator)
  }

  /// The memory as JSON, for a checkpoint.
  ///
  /// - Throws: what `JSONEncoder` throws, for a memory with a number that JSON cannot hold.
  public func savedMemory() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try Array(encoder.encode(memory))
  }

  /// Takes back a saved memory.
  ///
  /// - Parameter bytes: what `savedMemory()` of the same objective gave.
  /// - Throws: `DecodingError` if the bytes are not a memory of this objective.
  public mutating func restoreMemory(_ bytes: [UInt8]) throws {
    memory = try Self.decoded(objective, Data(bytes))
  }

  private static func decoded<O: Objective>(_: O, _ data: Data) throws -> O.Memory {
    try JSONDecoder().decode(O.Memory.self, from: data)
  }

  private mutating func step<O: Objective>(
    _ objective: O, _ batches: [Batch], _ network: (Tensor) -> Tensor,
    _ generator: inout some RandomNumberGenerator
  ) -> Terms {
    guard var current = memory as? O.Memory else {
      requirementFailed(
        "RunningObjective: expected a memory of type \(O.Memory.self), got \(type(of: memory))")
    }
    defer { memory = current }
    return objective.terms(
      batches, through: network, remembering: &current, using: &generator)
  }
}
