import Files

extension Dataset {
  /// Fits to the columns of the training part; of data without one, to all rows.
  ///
  /// - Parameter settings: which columns are categories, and how rare a level may be.
  /// - Returns: nil where the data have no such columns: images, series, numbers of a network.
  /// - Throws: ``EncodingError``.
  public func fittedEncoding(
    _ settings: ColumnSettings
  ) throws(EncodingError) -> TableEncoding? {
    guard let rows, let table = rows.columns else { return nil }
    let encoding = try TableEncoding(fitting: table, members: trainingRows, settings)
    guard !encoding.names.isEmpty || rows.width > 0 || rows.texts != nil else {
      throw .nothingLeft(encoding.columns)
    }
    return encoding
  }

  /// The rows with the numbers of their columns behind their own; ``reading`` says which cells are unlike those of the
  /// training part.
  ///
  /// - Parameter encoding: what turns them into numbers; nil leaves the rows as they are.
  /// - Throws: ``EncodingError/missingColumn(_:found:)``; ``EncodingError/cells(_:)`` with all words in columns of numbers.
  /// - Precondition: features, and not turned before.
  public func encoded(by encoding: TableEncoding?) throws(EncodingError) -> Dataset {
    guard let encoding, let rows else { return self }
    var data = self
    if let table = rows.columns {
      do throws(DatasetError) { try words(in: table, encoding).check() } catch {
        throw .cells(error)
      }
      data.reading.notes += unlikeTraining(table, encoding)
    }
    data.rows = try encoding.applied(to: rows)
    return data
  }

  /// The rows of the store that are learned from; all where there is no training part.
  var trainingRows: [Int] {
    let isSplit = examples.contains { $0.split == .train }
    return memberRows { !isSplit || $0.split == .train }
  }

  /// The rows of the store that some examples are.
  func memberRows(_ isMember: (Example) -> Bool = { _ in true }) -> [Int] {
    examples.compactMap { example in
      guard isMember(example), case .row(let number) = example.source else { return nil }
      return number
    }
  }

  /// The cells of columns of numbers that are words.
  private func words(in table: RowColumns, _ encoding: TableEncoding) -> DataProblems {
    var problems = DataProblems()
    let columns = encoding.columns.compactMap { column -> (String, [String])? in
      guard case .number = column.kind, let found = table.column(column.name),
        case .words(let cells) = found.cells
      else { return nil }
      return (column.name, cells)
    }
    guard !columns.isEmpty else { return problems }
    for row in memberRows() {
      for (name, cells) in columns where TableCell(single: cells[row]) == .word {
        problems.add(.wordAmongNumbers(cells[row], column: name), at: table.origin(row))
      }
    }
    return problems
  }
}
