/// The table's rows by opcode: what the decoder looks up.
///
/// Built from the rows on first use (65 microseconds in release) and never changed.
struct OpcodeMap: @unchecked Sendable {
  // SAFETY: the pointers are to memory that `init` fills and nobody changes or frees.

  /// The rows of one opcode byte.
  struct Bucket {
    var first: UInt16 = 0
    var count: UInt8 = 0
    var hasModRM = false
  }

  static let shared = OpcodeMap(groups: InstructionTable.groups)

  /// Indexed by map * 256 + opcode.
  let buckets: UnsafePointer<Bucket>
  /// Rules of one bucket are neighbours, the most specific first.
  let rules: UnsafePointer<DecodeRule>
  /// Indexed by `Instruction.formIndex`.
  let traits: UnsafePointer<InstructionTraits>
  let formCount: Int

  init(groups: [(name: String, forms: [InstructionForm])]) {
    let formCount = groups.reduce(0) { $0 + $1.forms.count }
    let traits = UnsafeMutablePointer<InstructionTraits>.allocate(capacity: formCount)
    let parsed = UnsafeMutablePointer<RowParser>.allocate(capacity: formCount)
    let buckets = UnsafeMutablePointer<Bucket>.allocate(capacity: 1024)
    buckets.initialize(repeating: Bucket(), count: 1024)
    defer { parsed.deallocate() }

    var ruleCount = 0
    var index = 0
    for group in groups {
      for form in group.forms {
        let formTraits = form.traits
        let row = RowParser(form: form, index: UInt16(index), traits: formTraits)
        (traits + index).initialize(to: formTraits)
        (parsed + index).initialize(to: row)
        let first = row.map << 8 | Int(row.opcode)
        for slot in first..<first + row.opcodeCount {
          buckets[slot].count &+= 1
          if row.rule.properties.contains(.hasModRM) { buckets[slot].hasModRM = true }
        }
        ruleCount += row.opcodeCount
        index += 1
      }
    }

    var next = 0
    for slot in 0..<1024 {
      buckets[slot].first = UInt16(next)
      next += Int(buckets[slot].count)
      buckets[slot].count = 0
    }

    let rules = UnsafeMutablePointer<DecodeRule>.allocate(capacity: ruleCount)
    for form in 0..<formCount {
      let row = parsed[form]
      let first = row.map << 8 | Int(row.opcode)
      let breadth = row.rule.breadth
      for slot in first..<first + row.opcodeCount {
        let start = Int(buckets[slot].first)
        var place = start + Int(buckets[slot].count)
        while place > start && rules[place - 1].breadth > breadth {
          (rules + place).initialize(to: rules[place - 1])
          place -= 1
        }
        (rules + place).initialize(to: row.rule)
        buckets[slot].count &+= 1
      }
    }

    self.buckets = UnsafePointer(buckets)
    self.rules = UnsafePointer(rules)
    self.traits = UnsafePointer(traits)
    self.formCount = formCount
  }
}
