/// What a label that is not known counts as: CheXpert's three ways.
///
/// Source: Irvin et al., "CheXpert: a large chest radiograph dataset with uncertainty labels and expert
/// comparison", AAAI 2019, section 3.1.
public enum UnknownLabels: String, Sendable, Codable, CaseIterable {
  /// It is left out of every metric of its label.
  case ignore
  /// The label is not there.
  case zeros
  /// The label is there.
  case ones
}
