import Torch

/// Rows that come in batches, in any order, put together in the order of their numbers.
struct BatchedRows {
  private var parts: [Tensor] = []
  private var rows: [Int] = []

  /// Takes a batch in.
  ///
  /// - Parameters:
  ///   - part: `[n, …]`; kept as float32 on the processor.
  ///   - numbers: which row each is, `[n]`; all of them together are 0 to N − 1, each once.
  mutating func take(_ part: Tensor, _ numbers: [Int]) {
    parts.append(part.to(.float32).moved(to: .cpu))
    rows += numbers
  }

  /// All rows, `[N, …]`; `nil` where none came.
  var whole: Tensor? {
    guard !parts.isEmpty else { return nil }
    let all = Tensor.concatenated(parts, dim: 0)
    guard zip(rows, rows.dropFirst()).contains(where: { $0 > $1 }) else { return all }
    var places = [Int64](repeating: 0, count: rows.count)
    for (place, row) in rows.enumerated() { places[row] = Int64(place) }
    return all.indexSelect(dim: 0, Tensor(places, shape: [places.count]))
  }
}
