import Requirements
public import Sampling
public import Torch

extension Target {
  /// Values of the rows, L a row: several labels that are on (1) or off (0), or numbers. An entry that is not known
  /// has no value, and no part in any sum.
  ///
  /// How far an entry is known is its weight: 1 or 0 as it comes, what lies between after a mixture of rows of which
  /// one knows the entry and the other does not. Numbers in the target stand in units of their own; whoever wants them
  /// scaled scales them before.
  public struct Entries: Sendable, Equatable {
    /// Entries a row, L; at least 1.
    public let width: Int
    /// The values row by row, `[N, L]` flat, finite; 0 where the weight is 0.
    public let values: [Float]
    /// How far each is known, `[N, L]` flat, in `0...1`.
    public let weights: [Float]

    /// Rows of entries.
    ///
    /// - Parameters:
    ///   - values: row by row, `[N, L]` flat; `nil` where unknown.
    ///   - width: entries a row, L.
    /// - Precondition: whole rows of finite values; `width` is at least 1.
    public init(_ values: [Float?], width: Int) {
      require(
        width >= 1 && values.count % width == 0,
        "Target.Entries: expected rows of \(width) entries, at least 1, got \(values.count) values")
      require(
        values.allSatisfy { $0?.isFinite ?? true },
        "Target.Entries: expected finite values, got \(values.prefix(20))")
      self.init(values: values.map { $0 ?? 0 }, weights: values.map { $0 == nil ? 0 : 1 }, width)
    }

    /// The labels of some examples: 1 where one is there, 0 where not.
    ///
    /// - Parameters:
    ///   - table: the labels of all examples.
    ///   - rows: which examples, in the order of the batch, `[N]`; the entries are `[N, L]`.
    /// - Precondition: each of `rows` is a row of `table`.
    public init(_ table: LabelTable, rows: [Int]) {
      self.init(
        rows.flatMap { table[$0].map { $0.map { $0 ? 1 : 0 } } }, width: table.width)
    }

    /// The numbers of some examples as networks see them, one a row.
    ///
    /// - Parameters:
    ///   - numbers: (y − mean) / scale of all examples, `[N]`.
    ///   - rows: which examples, in the order of the batch.
    /// - Precondition: each of `rows` is in `numbers`, and its number is finite.
    public init(_ numbers: [Double], rows: [Int]) {
      self.init(rows.map { Float(numbers[$0]) }, width: 1)
    }

    private init(values: [Float], weights: [Float], _ width: Int) {
      (self.values, self.weights, self.width) = (values, weights, width)
    }

    /// Number of rows, N.
    public var count: Int { values.count / width }

    /// Whether anything is known of each row, `[N]`.
    public var known: [Bool] {
      (0..<count).map { row in weights[row * width..<(row + 1) * width].contains { $0 > 0 } }
    }

    /// How much of each label is in the rows, Σ weight · value, `[L]`.
    public var mass: [Double] {
      var mass = [Double](repeating: 0, count: width)
      for place in values.indices {
        mass[place % width] += Double(weights[place]) * Double(values[place])
      }
      return mass
    }

    /// The values and how far they are known, `[N, L]` each.
    ///
    /// - Parameters:
    ///   - dtype: a floating type.
    ///   - device: where the tensors shall live.
    /// - Precondition: the device exists.
    public func tensors(_ dtype: DType, on device: Device) -> (values: Tensor, weights: Tensor) {
      func tensor(_ numbers: [Float]) -> Tensor {
        Tensor(numbers, shape: [count, width]).to(dtype).moved(to: device)
      }
      return (tensor(values), tensor(weights))
    }

    /// (1 − λ) · `self` + λ · `other`, entry by entry: weights w = (1 − λ) w₁ + λ w₂ and values
    /// ((1 − λ) w₁ v₁ + λ w₂ v₂) / w. Of two known entries that is their weighted mean; what one of the two does not
    /// know has the value of the other, and its share as weight.
    ///
    /// - Parameters:
    ///   - other: entries of the same shape.
    ///   - weights: λ of each row, `[N]`, in `0...1`.
    func mixed(with other: Entries, weights lambdas: [Double]) -> Entries {
      require(
        count == other.count && width == other.width && count == lambdas.count,
        "Target.mixed: expected entries [\(count), \(width)], got [\(other.count), \(other.width)] and \(lambdas.count) weights"
      )
      var (mixedValues, mixedWeights) = (values, weights)
      for place in values.indices {
        let λ = lambdas[place / width]
        let (own, theirs) = (
          (1 - λ) * Double(weights[place]), λ * Double(other.weights[place])
        )
        let sum = own * Double(values[place]) + theirs * Double(other.values[place])
        mixedWeights[place] = Float(own + theirs)
        mixedValues[place] = own + theirs > 0 ? Float(sum / (own + theirs)) : 0
      }
      return Entries(values: mixedValues, weights: mixedWeights, width)
    }

    /// The rows in another order.
    func reordered(_ order: [Int]) -> Entries {
      func rows(_ numbers: [Float]) -> [Float] {
        order.flatMap { numbers[$0 * width..<($0 + 1) * width] }
      }
      return Entries(values: rows(values), weights: rows(weights), width)
    }
  }
}
