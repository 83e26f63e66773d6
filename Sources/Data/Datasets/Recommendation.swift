/// The one line of advice of an inspection: what must be corrected first, else how to train.
///
/// In order: files that do not decode, classes that training lacks, one class only, images or groups
/// in two splits, equal images with different labels, classes too rare to measure, then the method: what
/// ``MethodEvidence`` says of such data.
struct Recommendation {
  let input: InputKind
  let classes: [Inspection.ClassRow]
  /// Training examples per class, `[C]`.
  let training: [Int]
  let unreadable: Int
  let leakage: LeakageReport
  /// Whether an example may have several labels.
  var areLabels = false
  /// What the number is called whose ranges the classes are; nil of classes and labels.
  var number: String?

  /// Below this many test images a recall moves by 10 points with one image.
  private static let measurable = 10

  var text: String {
    if classes.isEmpty { return "No labels: use these \(input.plural) with `predict`." }
    return correction ?? (number != nil ? trainNumber : areLabels ? trainLabels : train)
  }

  private var correction: String? {
    if unreadable > 0 {
      return "Repair or remove \(count(unreadable, "unreadable file")) first,"
        + " or leave them out of training."
    }
    if let classProblem { return classProblem }
    if !leakage.isClean {
      let found = [
        leakage.groups.isEmpty ? nil : count(leakage.groups.count, "group"),
        leakage.leaks.isEmpty
          ? nil : count(leakage.leaks.count, "set") + " of equal \(input.plural)",
      ].compactMap { $0 }
      return "Split again: \(found.joined(separator: " and ")) in more than one split"
        + " would flatter every number."
    }
    if !leakage.conflicts.isEmpty {
      return "Decide \(count(leakage.conflicts.count, "set")) of equal \(input.plural) that carry"
        + " different labels."
    }
    return nil
  }

  private var classProblem: String? {
    let lacking = zip(classes, training).filter { $0.1 == 0 }
    if lacking.count == classes.count { return "Split again: no \(input.singular) is in train." }
    if !lacking.isEmpty {
      let names = lacking.prefix(5).map { "'\($0.0.name)'" }.joined(separator: ", ")
      return "Split again, or drop what train lacks: \(names)\(lacking.count > 5 ? ", …" : "")."
    }
    if areLabels { return nil }
    if let number {
      return classes.count == 1
        ? "Only one value of \(number): there is nothing to learn; is another column meant?" : nil
    }
    return classes.count == 1 ? "Only one class: a classifier needs a second one." : nil
  }

  private var trainLabels: String {
    "Several labels: compare `balanced-mixup` with `erm`, and judge by average_precision_macro, in which each label counts the"
      + " same."
  }

  private var trainNumber: String {
    "A number: compare `density-weighted` and `balanced-mse` with `erm`, and look at the errors of rare ranges beside those of"
      + " all."
  }

  private var train: String {
    let most = training.max() ?? 0
    let least = training.filter { $0 > 0 }.min() ?? 0
    let ratio = Double(most) / Double(max(1, least))
    let advice: String
    if ratio < 1.5 {
      advice = "Balanced: plain `erm` is the method to beat."
    } else if ratio < 10 {
      advice =
        "Mild imbalance (\(rounded(ratio)):1): start with `erm`, compare others with it, and judge by"
        + " macro-F1, not accuracy."
    } else {
      let share = 100 * Double(most) / Double(max(1, training.reduce(0, +)))
      advice =
        "Strong imbalance (\(rounded(ratio)):1): \(evidence(ratio, least)) Judge by MCC, macro-F1 and the recall of the"
        + " rarest classes. Always answering the largest class is already \(percent(share)) % accurate."
    }
    return rare.map { "\(advice) \($0)" } ?? advice
  }

  /// What was measured on data like these, from scratch and from pretrained weights, and what follows.
  private func evidence(_ ratio: Double, _ least: Int) -> String {
    let (scratch, pretrained) = (
      MethodEvidence.found(input, isPretrained: false, ratio: ratio, smallest: least),
      MethodEvidence.found(input, isPretrained: true, ratio: ratio, smallest: least)
    )
    let methods = [scratch?.method, pretrained?.method].compactMap(\.self)
    guard !methods.isEmpty else {
      if input == .features {
        return
          "begin with `erm`: on frozen features of 14:1 none of 48 methods was better beyond chance (Results/compare/elpv-features.md)."
      }
      return
        "nothing like it is measured in Results/ yet, so `compare` methods with `erm` on these \(input.plural)."
    }
    let different = methods.count == 2 && methods[0] == methods[1] ? [methods[0]] : methods
    var text = "compare \(different.map { "`\($0)`" }.joined(separator: " and ")) with `erm`."
    if let scratch {
      text += (input == .images ? " Trained from scratch, " : " Where it was measured, ")
      text += scratch.sentence + "."
    }
    guard input == .images else { return text }
    if let pretrained { return text + " From pretrained weights, \(pretrained.sentence)." }
    return text
      + " From pretrained weights `balanced-mixup` was not ahead of `erm` on three sets of up to 34:1 (Results/frozen.md)."
  }

  /// Classes whose numbers will be mostly chance.
  private var rare: String? {
    let isSplit = classes.contains { $0.splits["test"] != nil }
    // A test part of 15 % is what the default split leaves.
    let few = classes.filter { row in
      (isSplit ? row.splits["test"] ?? 0 : row.images * 15 / 100) < Self.measurable
    }
    guard !few.isEmpty else { return nil }
    let names = few.prefix(5).map { "'\($0.name)'" }.joined(separator: ", ")
    return
      "Fewer than \(Self.measurable) test \(input.plural) for \(names)\(few.count > 5 ? ", …" : ""):"
      + " read their recall with its interval."
  }

  private func rounded(_ value: Double) -> String {
    value < 10 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
  }

  /// A share below all: what is almost all is not said to be all.
  private func percent(_ share: Double) -> String {
    let whole = rounded(share)
    return whole == "100" ? "\((share * 10).rounded(.down) / 10)" : whole
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
