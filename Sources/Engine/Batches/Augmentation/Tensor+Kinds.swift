import Torch

extension Tensor {
  /// What `make` gives for the rows of each kind, in the order of the rows.
  ///
  /// - Parameters:
  ///   - kinds: of each row, `[N]`
  ///   - make: told a kind, the numbers of its rows and the rows `[n, …]`; gives as many
  func byKind<Kind: Hashable>(
    _ kinds: [Kind], _ make: (_ kind: Kind, _ rows: [Int], Tensor) -> Tensor
  ) -> Tensor {
    var (order, rows) = ([Kind](), [Kind: [Int]]())
    for (row, kind) in kinds.enumerated() {
      if rows[kind] == nil { order.append(kind) }
      rows[kind, default: []].append(row)
    }
    guard order.count > 1 else { return order.first.map { make($0, rows[$0] ?? [], self) } ?? self }
    let parts = order.map { kind in
      let own = rows[kind] ?? []
      return make(kind, own, indexSelect(dim: 0, Self.indices(own, on: device)))
    }
    var places = [Int](repeating: 0, count: kinds.count)
    for (place, row) in order.flatMap({ rows[$0] ?? [] }).enumerated() { places[row] = place }
    return Tensor.concatenated(parts, dim: 0)
      .indexSelect(dim: 0, Self.indices(places, on: device))
  }

  private static func indices(_ rows: [Int], on device: Device) -> Tensor {
    Tensor(rows.map(Int64.init), shape: [rows.count]).moved(to: device)
  }
}
