import Torch

extension Tensor {
  /// What `make` gives for the rows of each kind, in the order of the rows.
  ///
  /// - Parameters:
  ///   - kinds: of each row, `[N]`
  ///   - make: told a kind, the numbers of its rows and the rows `[n, …]`; gives as many
  /// - Throws: what `make` throws, and `TorchError` where the device has no room.
  func byKind<Kind: Hashable>(
    _ kinds: [Kind], _ make: (_ kind: Kind, _ rows: [Int], Tensor) throws -> Tensor
  ) throws -> Tensor {
    try Kinds(kinds).joined(on: device) { kind, rows, isAll in
      let own = isAll ? self : indexSelect(dim: 0, try Tensor.rows(rows, on: device))
      return try make(kind, rows, own)
    }
  }

  fileprivate static func rows(_ rows: [Int], on device: Device) throws -> Tensor {
    try Tensor(rows.map(Int64.init), shape: [rows.count]).to(device)
  }
}

/// Rows by what is to be made of them.
struct Kinds<Kind: Hashable> {
  /// In the order in which they are met.
  private var order: [Kind] = []
  private var rows: [Kind: [Int]] = [:]
  private let count: Int

  /// - Parameter kinds: of each row.
  init(_ kinds: [Kind]) {
    count = kinds.count
    for (row, kind) in kinds.enumerated() {
      if rows[kind] == nil { order.append(kind) }
      rows[kind, default: []].append(row)
    }
  }

  /// What `make` gives for the rows of each kind, in the order of the rows; there is at least one.
  ///
  /// - Parameters:
  ///   - device: where the result is.
  ///   - make: told a kind, the numbers of its rows, and whether these are all; gives a row for each.
  /// - Throws: what `make` throws, and `TorchError` where the device has no room.
  func joined(
    on device: Device,
    _ make: (_ kind: Kind, _ rows: [Int], _ isAll: Bool) throws -> Tensor
  ) throws -> Tensor {
    var parts: [Tensor] = []
    for kind in order { parts.append(try make(kind, rows[kind] ?? [], order.count == 1)) }
    guard parts.count > 1 else { return parts[0] }
    var places = [Int](repeating: 0, count: count)
    for (place, row) in order.flatMap({ rows[$0] ?? [] }).enumerated() { places[row] = place }
    return Tensor.concatenated(parts, dim: 0)
      .indexSelect(dim: 0, try Tensor.rows(places, on: device))
  }
}
