/// What of a network learns beside its heads, which always do.
public enum Tuning: Sendable, Equatable {
  /// All of it; where its form has an adapter, that alone.
  case all
  /// Nothing.
  case head
  /// Every bias. Ben Zaken, Goldberg and Ravfogel, *BitFit*, ACL 2022.
  case bias
  /// The last so many blocks, and what follows them; at least 1.
  case blocks(Int)
  /// An adapter, beside frozen weights.
  case adapter(Adapter)

  /// The adapter that the network must have for it.
  public var adapter: Adapter? {
    if case .adapter(let adapter) = self { adapter } else { nil }
  }
}

extension Tuning: CustomStringConvertible {
  /// As a command line has it: `all`, `head`, `bias`, `blocks:2`, `lora:8`, `lora:8:16`, `adaptformer:4`, and `adaptformer`
  /// for LIFT's width.
  public var description: String {
    switch self {
    case .all: "all"
    case .head: "head"
    case .bias: "bias"
    case .blocks(let count): "blocks:\(count)"
    case .adapter(let adapter):
      ([adapter.kind.rawValue, adapter.rank.map(String.init)].compactMap(\.self)
        + (adapter.alpha.map { α in [Int(exactly: α).map(String.init) ?? "\(α)"] } ?? []))
        .joined(separator: ":")
    }
  }

  /// Reads ``description``; `nil` where it is none, or a number is out of range.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("all", 1): self = .all
    case ("head", 1): self = .head
    case ("bias", 1): self = .bias
    case ("blocks", 2):
      guard let count = Int(parts[1]), count >= 1 else { return nil }
      self = .blocks(count)
    case ("lora", 2...3), ("adaptformer", 1...2):
      guard let kind = Adapter.Kind(rawValue: parts[0]) else { return nil }
      let (rank, alpha) = (
        parts.count > 1 ? Int(parts[1]) : nil, parts.count > 2 ? Double(parts[2]) : nil
      )
      let adapter = Adapter(kind, rank: rank, alpha: alpha)
      guard adapter.problem == nil, (rank != nil) == (parts.count > 1),
        (alpha != nil) == (parts.count > 2), (alpha ?? 0) < 1e6
      else { return nil }
      self = .adapter(adapter)
    default: return nil
    }
  }
}
