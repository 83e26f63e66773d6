public import Datasets
import Networks
import Torch

/// Rows of numbers of a set, standardised: features `[N, D]`, or series `[N, C, T]` padded to the longest of a batch.
public struct RowInputs: InputSource {
  private let rows: RowStore
  private let members: [Int]
  /// μ and 1 / σ of each feature or channel; `nil` where each series has its own.
  private let factors: [(center: Float, factor: Float)]?

  /// - Parameters:
  ///   - rows: the numbers.
  ///   - members: which rows of `rows` the examples are, `[N]`.
  ///   - standardization: centring and scaling of each feature or channel.
  public init(_ rows: RowStore, members: [Int], standardization: Standardization) {
    (self.rows, self.members) = (rows, members)
    factors =
      standardization.isOfEach == true
      ? nil : zip(standardization.mean, standardization.std).map { (Float($0), Float(1 / $1)) }
  }

  /// Examples there are, N.
  public var count: Int { members.count }

  /// Steps of each series; features have none.
  public var lengths: [Int]? {
    rows.kind == .series ? members.map { rows.steps(of: $0) } : nil
  }

  /// Gathers the rows of each step; every view of a row is the row as it is.
  ///
  /// - Throws: what `body` threw.
  public func run(
    _ requests: [StepRequest], views: [View], _ body: (StepInputs) throws -> Void
  ) throws {
    for request in requests {
      try body(
        StepInputs(request) { stream, device in
          inputs(request.streams[stream]).moved(to: device)
        })
    }
  }

  private func inputs(_ examples: [Int]) -> Inputs {
    let chosen = examples.map { members[$0] }
    let (width, lengths) = (rows.width, chosen.map { rows.steps(of: $0) })
    let longest = lengths.max() ?? 1
    let values = [Float](unsafeUninitializedCapacity: chosen.count * width * longest) {
      all, count in
      count = chosen.count * width * longest
      for (place, row) in chosen.enumerated() {
        let target = UnsafeMutableBufferPointer(
          rebasing: all[place * width * longest..<(place + 1) * width * longest])
        rows.values(row).withUnsafeBufferPointer {
          fill(target, with: $0, steps: lengths[place], of: longest)
        }
      }
    }
    guard rows.kind == .series else { return Inputs(Tensor(values, shape: [chosen.count, width])) }
    return Inputs(Tensor(values, shape: [chosen.count, width, longest]), lengths: lengths)
  }

  /// A row, channel after channel, with zeros behind the end of each.
  private func fill(
    _ target: UnsafeMutableBufferPointer<Float>, with source: UnsafeBufferPointer<Float>,
    steps: Int, of longest: Int
  ) {
    if longest == 1, let factors {
      // Features, without what a loop over one step would cost a number.
      for (place, own) in factors.enumerated() {
        target[place] = (source[place] - own.center) * own.factor
      }
      return
    }
    for channel in 0..<rows.width {
      let (from, to) = (channel * steps, channel * longest)
      let (center, factor) =
        factors?[channel]
        ?? Standardization.factors(of: UnsafeBufferPointer(rebasing: source[from..<from + steps]))
      for step in 0..<steps { target[to + step] = (source[from + step] - center) * factor }
      for step in steps..<longest { target[to + step] = 0 }
    }
  }
}
