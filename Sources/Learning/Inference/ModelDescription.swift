import Batches
public import Datasets
import Files
import Imaging
public import Networks

/// All that must be known to use a file of weights: stored as its metadata.
public struct ModelDescription: Codable, Sendable, Equatable {
  /// Name of the architecture, as `steelyard models` lists it.
  public var architecture: String
  /// Class names in the order of the logits, `[C]`; in their own order where they are grades.
  public var classes: [String]
  /// Training images of each class, `[C]`.
  public var trainingCounts: [Int]
  /// What happens to an example before the network.
  public var preprocessing: Preprocessing
  /// How probabilities become a decision: of classes the largest one, of labels a threshold each,
  /// of a number the output itself, unless a rule is stored beside this (``ModelFile/rule(of:)``).
  public var decision: String
  /// Name of the method that trained it.
  public var method: String
  /// Epoch of the weights, from 1.
  public var epoch: Int
  /// Kind of head, branches, readout, decoding; `nil` is a plain classifier, as all models were once.
  public var form: NetworkForm?
  /// What makes features of a picture before the network sees it; `nil` where the network sees the example itself.
  public var backbone: BackboneDescription?
  /// How the output becomes a number, whose name ``classes`` then is; `nil` of classes and labels.
  public var number: NumberScale?
  /// What makes numbers of the columns of a table, before ``text``; `nil` where every row has them as they stand.
  public var columns: TableEncoding?
  /// What makes numbers of the texts of a row, before ``preprocessing``; `nil` where it has none.
  public var text: TextFeatures?

  /// A description of its parts: names of the classes `[C]`, and how many training examples each has, `[C]`.
  public init(
    architecture: String, classes: [String], trainingCounts: [Int], preprocessing: Preprocessing,
    decision: String? = nil, method: String, epoch: Int,
    form: NetworkForm = NetworkForm()
  ) {
    (self.architecture, self.classes) = (architecture, classes)
    (self.trainingCounts, self.preprocessing) = (trainingCounts, preprocessing)
    self.decision =
      decision
      ?? (form.decoding == .labels
        ? "threshold" : form.decoding == .value ? "number" : "\(form.decoding.rawValue)-argmax")
    (self.method, self.epoch) = (method, epoch)
    self.form = form == NetworkForm() ? nil : form
  }

  /// Whether an example may have several labels, which ``classes`` then are.
  public var isOfLabels: Bool { form?.decoding == .labels }

  /// Whether it says a number, whose name is the one of ``classes``.
  public var isOfNumbers: Bool { form?.decoding == .value }

  /// As safetensors metadata: text to text, under keys that other tools read, the whole as JSON.
  /// - Throws: when a value has no JSON form, such as a NaN.
  public func metadata() throws -> [String: String] {
    func text(_ value: some Encodable) throws -> String {
      String(decoding: try JSONFile.encodeLine(value).dropLast(), as: UTF8.self)
    }
    return [
      "format": "pt", "architecture": architecture, "num_classes": "\(classes.count)",
      "label_names": try text(classes), "steelyard": try text(self),
    ]
  }

  /// Reads metadata back.
  /// - Throws: `ModelError.noDescription` where the file was not written by Steelyard,
  ///   `ModelError.badDescription` where no network and no image could be made from what it says.
  public init(metadata: [String: String], path: String) throws(ModelError) {
    guard let text = metadata["steelyard"] else { throw .noDescription(path) }
    do {
      self = try JSONFile.decode(Self.self, from: Array(text.utf8), name: path)
    } catch {
      throw .badDescription(path, reason: "\(error)")
    }
    if let problem { throw .badDescription(path, reason: problem) }
  }

  /// What makes it useless, if something does: anyone may have written the file.
  private var problem: String? {
    if classes.isEmpty || Set(classes).count != classes.count {
      return "expected one class or more, all distinct, got \(classes.prefix(8))"
    }
    if trainingCounts.count != classes.count || trainingCounts.contains(where: { $0 < 0 }) {
      return "expected \(classes.count) training counts of at least 0,"
        + " got \(trainingCounts.count): \(trainingCounts.prefix(8))"
    }
    if let problem = preprocessing.problem ?? backbone?.problem { return problem }
    if let problem = columns?.problem ?? text?.problem
      ?? preprocessing.problem(after: columns, text)
    {
      return problem
    }
    if isOfNumbers != (number != nil) || isOfNumbers && classes.count != 1 {
      return "expected mean and scale of one number, got \(classes.count) names"
    }
    if let problem = number?.problem { return problem }
    if epoch < 0 { return "expected an epoch of at least 0, got \(epoch)" }
    return form?.problem(for: classes.count)
  }
}

extension Preprocessing {
  /// Why features of columns and texts do not lead to it, if they do not: they are the last of those that it knows.
  fileprivate func problem(after columns: TableEncoding?, _ text: TextFeatures?) -> String? {
    guard columns != nil || text != nil else { return nil }
    let names = (columns?.names ?? []) + (text?.names ?? [])
    guard case .rows(let rows) = self, rows.input == .features,
      rows.names.suffix(names.count).elementsEqual(names)
    else {
      let what = [columns.map { _ in "columns" }, text.map { _ in "texts" }].compactMap(\.self)
      return
        "expected features that end with the \(names.count) that are made of \(what.joined(separator: " and "))"
    }
    return nil
  }
}

/// What can be wrong with a file of weights as a model.
public enum ModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file has tensors but not Steelyard's description.
  case noDescription(String)
  /// The description cannot be read.
  case badDescription(String, reason: String)
  /// The decision rule stored with the weights cannot be read.
  case badRule(String, reason: String)
  /// The architecture is not in the catalogue.
  case unknownArchitecture(String, path: String)

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .noDescription(let path):
      "\(path): weights without a description of classes and preprocessing; give a run directory or"
        + " the model.safetensors in it"
    case .badDescription(let path, let reason):
      "\(path): its description cannot be read: \(reason)"
    case .badRule(let path, let reason):
      "\(path): its decision rule cannot be read: \(reason); the weights are not concerned: leave the"
        + " rule out, or take it away"
    case .unknownArchitecture(let name, let path):
      "\(path): made by an architecture '\(name)' that this version does not know; see steelyard models"
    }
  }
}
