/// Which columns are texts, and what becomes of them.
public struct TextSettings: Sendable, Equatable {
  /// The largest number of slots.
  public static let mostSlots = 262_144
  /// The largest number of components.
  public static let mostComponents = 256
  /// Bytes that the components of all columns may take in a model's file.
  static let mostBytes = 64 << 20

  /// The columns, in the order of their features.
  public var columns: [String]
  /// Numbers of each text, K, in `1...mostComponents`; fewer where the training texts have fewer directions.
  public var size: Int
  /// Slots that terms are hashed into, in `1...mostSlots`.
  public var slots: Int

  /// Settings of their parts.
  public init(columns: [String], size: Int = 64, slots: Int = 16384) {
    (self.columns, self.size, self.slots) = (columns, size, slots)
  }
}
