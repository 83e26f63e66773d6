import Files

extension ConfigRecord {
  /// The file: comments, the form, and the options, each with its origin as a comment behind it.
  ///
  /// - Parameter header: Lines of comment at its head; without any the options stand alone, with no form.
  public func text(header: [String] = []) -> String {
    var lines = (header.isEmpty ? [] : header + ["format: \(Self.currentFormat)"]).map { "# \($0)" }
    var open: String?
    for entry in entries {
      let (parent, child) = Self.parts(of: entry.name)
      if let parent, parent != open { lines.append("\(parent):") }
      open = parent
      let name = parent == nil ? entry.name : "  " + YAMLText.scalar(child)
      lines.append(Self.commented("\(name): \(entry.yaml)", entry.origin))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `set.alpha` is `alpha` below `set`.
  private static func parts(of name: String) -> (parent: String?, child: String) {
    // By code points: an accent that the part behind the dot begins with is one character with it.
    let scalars = name.unicodeScalars
    guard let dot = scalars.firstIndex(of: ".") else { return (nil, name) }
    return (String(scalars[..<dot]), String(scalars[scalars.index(after: dot)...]))
  }

  private static func commented(_ text: String, _ origin: String?) -> String {
    guard let origin else { return text }
    let gap = String(repeating: " ", count: max(2, 40 - text.count))
    // A line feed in the name of a file would end the comment, and YAML has no place for characters that cannot be seen.
    return text + gap + "# " + YAMLText.comment(origin)
  }

  /// Reads the text of a file; `name` is what errors call it.
  ///
  /// - Throws: ``RunFileError``: a line is no option, an option stands twice, or the form is newer.
  public init(parsing text: String, name: String) throws(RunFileError) {
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    try Self.checkFormat(of: lines, name: name)
    var reading = ConfigReading()
    for (index, line) in lines.enumerated() {
      guard let problem = reading.take(line) else { continue }
      throw .damaged(
        .malformedLine(path: name, line: index + 1, reason: problem), remedy: Self.remedy)
    }
    self.init(reading.finished())
  }
}

/// The options of a file while its lines are read.
private struct ConfigReading {
  private var entries: [ConfigRecord.Entry] = []
  private var names: Set<String> = []
  /// The option whose lines are being read: its own has a name and no value.
  private var open: (name: String, origin: String?, items: [String], hasParts: Bool)?

  /// Takes a line; what is wrong with it, if something is.
  mutating func take(_ line: Substring) -> String? {
    let content = line.drop { $0 == " " }
    if content.isEmpty || content.first == "#" || content == "---" { return nil }
    if content.hasPrefix("- "), open?.hasParts == false {
      open?.items.append(Self.valueAndComment(content.dropFirst(2)).value)
      return nil
    }
    guard let (key, rest) = Self.keyAndRest(content) else {
      return "expected 'option: value', got '\(content)'"
    }
    let (value, origin) = Self.valueAndComment(rest)
    if content.startIndex == line.startIndex {
      close()
      guard names.insert(key).inserted else { return "'\(key)' stands twice" }
      if value.isEmpty {
        open = (key, origin, [], false)
      } else {
        entries.append(.init(key, yaml: value, origin: origin))
      }
      return nil
    }
    guard let parent = open?.name, open?.items.isEmpty == true else {
      return "expected 'option: value' without blanks before it, got '\(line)'"
    }
    open?.hasParts = true
    let name = "\(parent).\(key)"
    guard names.insert(name).inserted else { return "'\(name)' stands twice" }
    entries.append(.init(name, yaml: value, origin: origin))
    return nil
  }

  mutating func finished() -> [ConfigRecord.Entry] {
    close()
    return entries
  }

  /// Ends an option of several lines; one that has none has no value.
  private mutating func close() {
    defer { open = nil }
    guard let open, !open.hasParts else { return }
    let list = "[" + open.items.joined(separator: ", ") + "]"
    entries.append(.init(open.name, yaml: open.items.isEmpty ? "" : list, origin: open.origin))
  }

  /// The name before the colon, without its quotes, and what follows.
  ///
  /// By code points, as all below: an accent behind a quote or a blank is one character with it.
  private static func keyAndRest(_ text: Substring) -> (String, Substring)? {
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    if let quote = scalars.first, quote == "\"" || quote == "'" {
      var isEscaped = false
      guard
        let end = scalars.dropFirst().firstIndex(where: { scalar in
          defer { isEscaped = scalar == "\\" && !isEscaped && quote == "\"" }
          return scalar == quote && !isEscaped
        })
      else { return nil }
      start = scalars.index(after: end)
    }
    let colons = scalars[start...].indices.filter { scalars[$0] == ":" }
    let colon = colons.first { place in
      let next = scalars.index(after: place)
      return next == scalars.endIndex || scalars[next] == " "
    }
    guard let colon else { return nil }
    let rest = text[scalars.index(after: colon)...]
    let key = trimmed(text[..<colon])
    return YAMLText.text(of: key).map { ($0, rest) }
  }

  /// What stands before and after the first ` # ` that is not within quotes.
  private static func valueAndComment(_ text: Substring) -> (value: String, origin: String?) {
    let scalars = text.unicodeScalars
    var quote: Unicode.Scalar?
    var (previous, isEscaped): (Unicode.Scalar, Bool) = (" ", false)
    for index in scalars.indices {
      let scalar = scalars[index]
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" && open == "\"" {
          isEscaped = true
        } else if scalar == open {
          quote = nil
        }
      } else if (scalar == "\"" || scalar == "'") && " [{,".unicodeScalars.contains(previous) {
        quote = scalar
      } else if scalar == "#" && previous == " " {
        return (trimmed(text[..<index]), trimmed(text[scalars.index(after: index)...]))
      }
      previous = scalar
    }
    return (trimmed(text), nil)
  }

  private static func trimmed(_ text: Substring) -> String {
    var scalars = text.unicodeScalars
    while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
    while let last = scalars.last, last == " " || last == "\t" || last == "\r" {
      scalars.removeLast()
    }
    return String(scalars)
  }
}
