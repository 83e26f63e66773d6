/// Which columns are texts, and what becomes of them.
public struct TextSettings: Sendable, Equatable {
  /// The largest number of slots.
  public static let mostSlots = 262_144
  /// The largest number of components.
  public static let mostComponents = 256
  /// Bytes that what is fitted to all columns may take in a model's file; with ``mostLexiconBytes``, in base 64, it is less than
  /// the 100 MB that readers of safetensors take for a header.
  static let mostBytes = 64 << 20
  /// Bytes that all lexicons may take there.
  static let mostLexiconBytes = 6 << 20

  /// The columns, in the order of their features.
  public var columns: [String]
  /// Numbers of each text, K, in `1...mostComponents`; fewer where the training texts have fewer directions.
  public var size: Int
  /// Slots that terms are hashed into, in `1...mostSlots`.
  public var slots: Int

  /// Whether size and slots are in their ranges.
  var isInRange: Bool {
    (1...Self.mostComponents).contains(size) && (1...Self.mostSlots).contains(slots)
  }

  /// Settings of their parts.
  public init(columns: [String], size: Int = 64, slots: Int = 16384) {
    (self.columns, self.size, self.slots) = (columns, size, slots)
  }
}
