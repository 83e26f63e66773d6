import Requirements
public import Torch

/// What a network is shown: one tensor a batch, the valid steps of each row where rows are of unequal length, and
/// by name whatever else a network of one's own reads.
///
///     let inputs = Inputs(series, lengths: [7, 29, 15])  // series: [3, 12, 29]
///
/// Rows of unequal length are padded with zeros at their end, along the last dimension. A layer finds the lengths
/// and the other tensors in its ``Context``.
public struct Inputs: Sendable {
  /// What the first layer gets, `[N, …]`: images `[N, 3, H, W]`, features `[N, D]`, series `[N, C, T]`.
  public var values: Tensor
  /// Valid steps of each row along the last dimension, `[N]`, each from 1 to T; `nil` where all are valid.
  public var lengths: [Int]?
  /// What else a network reads, each of shape `[N, …]`.
  public var others: [String: Tensor]

  /// - Parameters:
  ///   - values: what the first layer gets, shape `[N, …]`.
  ///   - lengths: valid steps of each row along the last dimension, `[N]`; `nil` where all are
  ///     valid.
  ///   - others: what else a network reads, by name, each `[N, …]`.
  /// - Precondition: all have the same number of rows; a length is from 1 to that of the last
  ///   dimension.
  public init(_ values: Tensor, lengths: [Int]? = nil, others: [String: Tensor] = [:]) {
    let rows = values.shape.first ?? 0
    require(
      values.rank > 0 && others.values.allSatisfy { $0.shape.first == rows },
      "Inputs: expected tensors of equally many rows, got \(values.shape) and "
        + "\(others.mapValues(\.shape))")
    if let lengths {
      require(
        lengths.count == rows
          && lengths.allSatisfy { (1...max(values.shape.last ?? 0, 1)).contains($0) },
        "Inputs: expected a length from 1 to \(values.shape.last ?? 0) for each of \(rows) rows, got \(lengths)"
      )
    }
    (self.values, self.lengths, self.others) = (values, lengths, others)
  }

  /// Number of rows, N.
  public var count: Int { values.shape[0] }

  /// Steps that are computed, N · T, and those of them that are valid; equal where no row is padded.
  public var steps: (computed: Int, valid: Int) {
    guard let lengths, let longest = values.shape.last else { return (count, count) }
    return (count * longest, lengths.reduce(0, +))
  }

  /// The shapes by name, with the lengths left out: what must agree for two batches to be blended.
  package var shapes: [String: [Int]] {
    var shapes = others.mapValues(\.shape)
    shapes[""] = lengths == nil ? values.shape : Array(values.shape.dropLast())
    return shapes
  }

  /// The same inputs with another main tensor of as many rows. Its shape is `[N, …]`.
  ///
  /// - Precondition: as many rows; lengths that it has room for.
  public func with(values: Tensor) -> Inputs {
    Inputs(values, lengths: lengths, others: others)
  }

  /// The same inputs, of the same shapes, on a device.
  ///
  /// - Precondition: the device exists and has room.
  public func moved(to device: Device) -> Inputs { map { $0.moved(to: device) } }

  /// The rows in another order: row `i` of the result is row `order[i]`.
  ///
  /// - Parameter order: indices of rows, each in `0..<N`.
  /// - Precondition: every index is a row.
  public func reordered(_ order: [Int]) -> Inputs {
    let places = Tensor(order.map(Int64.init), shape: [order.count]).moved(to: values.device)
    var result = self
    result.values = values.indexSelect(dim: 0, places)
    result.others = others.mapValues { $0.indexSelect(dim: 0, places) }
    result.lengths = lengths.map { all in order.map { all[$0] } }
    return result
  }

  /// Some rows on end, `[n, …]`, without a copy; lengths stay as they are.
  ///
  /// - Parameter range: within `0..<N`.
  /// - Precondition: `range` is in range.
  public func rows(_ range: Range<Int>) -> Inputs {
    func part(_ x: Tensor) -> Tensor {
      x.narrowed(dim: 0, start: range.lowerBound, length: range.count)
    }
    var result = self
    result.values = part(values)
    result.others = others.mapValues(part)
    result.lengths = lengths.map { Array($0[range]) }
    return result
  }

  /// The rows of several batches, one after another; shorter ones are padded to the longest.
  ///
  /// - Parameter parts: at least one, all with the same names.
  /// - Precondition: the same names, and shapes that agree but for rows and padded steps.
  public static func concatenated(_ parts: [Inputs]) -> Inputs {
    require(
      !parts.isEmpty && parts.allSatisfy { $0.others.keys == parts[0].others.keys },
      "Inputs.concatenated: expected parts of equal names, got \(parts.map { $0.others.keys.sorted() })"
    )
    let aligned = aligned(parts)
    let lengths = aligned[0].lengths == nil ? nil : aligned.flatMap { $0.lengths ?? [] }
    var others: [String: Tensor] = [:]
    for name in parts[0].others.keys {
      others[name] = .concatenated(aligned.compactMap { $0.others[name] }, dim: 0)
    }
    return Inputs(.concatenated(aligned.map(\.values), dim: 0), lengths: lengths, others: others)
  }

  /// (1 − λ) · `self` + λ · `other`, row by row; the memory layout is `self`'s. Of two rows of unequal length the
  /// shorter counts as zero beyond its end, and the blend is as long as the longer.
  ///
  /// - Parameters:
  ///   - other: inputs of the same ``shapes``.
  ///   - λ: weight of `other`, in `0...1`; 0 and 1 give back the one or the other exactly.
  /// - Precondition: the same names and shapes.
  public func blended(with other: Inputs, weight λ: Double) -> Inputs {
    require(
      shapes == other.shapes,
      "Inputs.blended: expected equal shapes, got \(shapes), \(other.shapes)")
    let both = Self.aligned([self, other])
    // One copy and one pass, where the formula as written would make three temporaries.
    func blend(_ x: Tensor, _ y: Tensor) -> Tensor {
      let mixture = x.cloned()
      withoutGradients { mixture.lerp(to: y, weight: λ) }
      return mixture
    }
    var result = both[0]
    result.values = blend(both[0].values, both[1].values)
    for (name, tensor) in others {
      result.others[name] = other.others[name].map { blend(tensor, $0) }
    }
    if let first = both[0].lengths, let second = both[1].lengths {
      // Where one of the two does not count at all, its steps are no steps.
      result.lengths = λ == 0 ? first : λ == 1 ? second : zip(first, second).map { max($0, $1) }
    }
    return result
  }

  /// The same with every tensor changed.
  private func map(_ change: (Tensor) -> Tensor) -> Inputs {
    var result = self
    (result.values, result.others) = (change(values), others.mapValues(change))
    return result
  }

  /// Padded to the longest of them, each with lengths, where one has lengths; as they are else.
  static func aligned(_ parts: [Inputs]) -> [Inputs] {
    guard parts.contains(where: { $0.lengths != nil }) else { return parts }
    let longest = parts.compactMap { $0.values.shape.last }.max() ?? 0
    return parts.map { $0.padded(to: longest) }
  }

  private func padded(to steps: Int) -> Inputs {
    let own = values.shape[values.rank - 1]
    var result = self
    result.lengths = lengths ?? Array(repeating: own, count: count)
    guard own < steps else { return result }
    let missing = values.shape.dropLast() + [steps - own]
    let zeros = Tensor.zeros(Array(missing), dtype: values.dtype, device: values.device)
    result.values = .concatenated([values, zeros], dim: values.rank - 1)
    return result
  }
}
