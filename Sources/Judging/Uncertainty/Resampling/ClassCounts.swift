/// Whether the number of examples of each class belongs to the design of a study or to its sample.
public enum ClassCounts: String, Sendable, Codable, CaseIterable {
  /// Images were taken as they came: another sample would have had other numbers of each class.
  case sampled
  /// So many images of each class were sought, as in a case-control study.
  case fixed
}
