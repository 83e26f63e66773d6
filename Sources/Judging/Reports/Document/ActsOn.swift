/// On which of the images that a model ranks somebody acts: what decides which area under a curve counts.
///
/// Source: McDermott et al., "A closer look at AUROC and AUPRC under class imbalance", NeurIPS 2024.
public enum ActsOn: String, Codable, Sendable, CaseIterable {
  /// On all of them; every wrongly ordered pair matters alike.
  case all
  /// On the few ranked highest, out of one list.
  case top
  /// On the few ranked highest of each group, such as of each hospital.
  case topPerGroup = "top-per-group"
}
