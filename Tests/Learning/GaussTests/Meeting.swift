import Foundation
import Sessions
import Torch

/// Processes as threads of this one: each waits until all have come, and gets the sum in the order of the ranks.
final class Meeting: @unchecked Sendable {
  private let condition = NSCondition()
  private let count: Int
  private var brought: [Int: [[Double]]] = [:]
  private var sum: [[Double]] = []
  private var round = 0

  init(of count: Int) { self.count = count }

  func sum(_ values: [[Double]], of rank: Int) -> [[Double]] {
    condition.lock()
    defer { condition.unlock() }
    let mine = round
    brought[rank] = values
    if brought.count == count {
      sum = values.map { $0.map { _ in 0 } }
      for rank in 0..<count {
        for (place, row) in (brought[rank] ?? []).enumerated() {
          for index in row.indices { sum[place][index] += row[index] }
        }
      }
      brought = [:]
      round += 1
      condition.broadcast()
    } else {
      while round == mine { condition.wait() }
    }
    return sum
  }
}

/// One seat of a meeting.
struct Seat: Exchange {
  let meeting: Meeting
  let rank: Int

  func sum(_ values: [Double]) -> [Double] { meeting.sum([values], of: rank)[0] }

  func sum(into tensors: [Tensor]) {
    let sums = meeting.sum(tensors.map { $0.scalars(as: Double.self) }, of: rank)
    for (tensor, sum) in zip(tensors, sums) {
      withoutGradients { tensor.copy(from: Tensor(sum, shape: tensor.shape)) }
    }
  }
}
