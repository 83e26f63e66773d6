import Batches
import Foundation
import Networks
import Plans
import Torch

/// Rows of numbers as pictures, for methods whose networks give pictures back.
enum Pictures {
  /// `[N, K, 32, 32]` of rows `[N, K]`, each number all of a channel, where a stage pastes; else the rows.
  static func pasteable(_ batch: Batch, for stage: Stage) -> Batch {
    guard stage.objective.pastes else { return batch }
    let rows = batch.inputs.values
    var batch = batch
    batch.inputs = Inputs(
      rows.reshaped(rows.shape + [1, 1]).expanded(to: rows.shape + [32, 32]).contiguous())
    return batch
  }

  /// `[N, 3, 16, 16]` in 0…1 of rows `[N, K]`; of other forms the rows themselves.
  static func inputs(_ rows: Tensor, for form: NetworkForm) -> Tensor {
    guard case .decoder = form.head else { return rows }
    let (count, width) = (rows.shape[0], rows.shape[1])
    let numbers = rows.scalars(as: Double.self)
    let pixels = (0..<count).flatMap { row in
      (0..<3 * 256).map { p -> Double in
        let x = numbers[row * width + p % width]
        return 0.25 + 0.25 * x / (1 + abs(x)) + Double(p % 7) / 14
      }
    }
    return Tensor(pixels, shape: [count, 3, 16, 16]).to(rows.dtype)
  }
}
