BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $ErrorView = 'ConciseView'
    $sample = (Resolve-Path "$PSScriptRoot/../../samples/jobs/summaries.jsonl").Path
    $lines = [IO.File]::ReadAllLines($sample)

    # A journal of the sample's lines, changed; its path.
    function New-Journal([string] $Name, [string[]] $Content) {
        $file = Join-Path $TestDrive $Name
        [IO.File]::WriteAllText($file, ($Content -join "`n") + "`n")
        $file
    }
}

Describe 'Get-ApiJournal' {
    It 'shows each finished input, with its answer or its error' {
        $entries = Get-ApiJournal $sample
        $entries | Should -BeOfType ([ApiTools.JournalEntry])
        $entries.Key | Should -BeExactly 'T-1001', 'T-1002', 'T-1003', 'T-1004'
        $entries.Line | Should -Be 2, 3, 4, 5
        $entries.Status | Should -Be 'Answered', 'Answered', 'Failed', 'Answered'
        $entries[0].Content | Should -BeExactly 'A printer burns; the customer asks for help at once.'
        $entries[0].Usage.TotalTokens | Should -Be 33
        $entries[0].Completion | Should -BeOfType ([ApiTools.ChatCompletion])
        $entries[0].Completion.FromJournal | Should -BeTrue
        $entries[0].Completion.CustomId | Should -BeExactly 'T-1001'
        $entries[2].Code | Should -BeExactly 'context_length_exceeded'
        $entries[2].StatusCode | Should -Be 400
        $entries[2].Completion | Should -BeNullOrEmpty
        $entries[3].Time | Should -Be ([datetimeoffset] '2026-11-25T09:00:02.1Z')
        $entries[3].Duration.TotalSeconds | Should -Be 0.58
    }

    It 'shows those of a status alone' {
        (Get-ApiJournal $sample -Status Failed).Key | Should -BeExactly 'T-1003'
        (Get-ApiJournal $sample -Status Answered).Count | Should -Be 3
    }

    It 'takes a file <How>' -TestCases @(
        @{ How = 'by its path'; Get = { Get-ApiJournal -Path $sample } }
        @{ How = 'by its literal path'; Get = { Get-ApiJournal -LiteralPath $sample } }
        @{ How = 'by a wildcard'; Get = { Get-ApiJournal ($sample -replace 'summaries.jsonl', 's*s.jsonl') } }
        @{ How = 'from Get-ChildItem'; Get = { Get-ChildItem $sample | Get-ApiJournal } }
        @{ How = 'as text through the pipeline'; Get = { $sample | Get-ApiJournal } }
    ) {
        (& $Get).Count | Should -Be 4
    }

    It 'takes brackets in a literal path as they are' {
        $file = New-Journal 'job [1].jsonl' $lines
        (Get-ChildItem -LiteralPath $file | Get-ApiJournal).Count | Should -Be 4
        (Get-ApiJournal -LiteralPath $file).Count | Should -Be 4
    }

    It 'sums a journal up, each input once' {
        $retried = $lines[3].Replace('"code":"context_length_exceeded"', '"code":"timeout"')
        $file = New-Journal 'twice.jsonl' ($lines + $retried + $lines[1].Replace('T-1001', 'T-1003') + $lines[0].Replace('gpt-4o-mini', 'gpt-4'))
        $summary = Get-ApiJournal $file -Summary
        $summary | Should -BeOfType ([ApiTools.JournalSummary])
        $summary.Path | Should -BeExactly $file
        $summary.Jobs, $summary.Answered, $summary.Failed, $summary.Tokens, $summary.TornBytes | Should -Be 2, 4, 0, 119, 0
        $summary.Bytes | Should -Be (Get-Item $file).Length
        $summary.IsInUse | Should -BeFalse
        $summary.Models | Should -BeExactly 'gpt-4o-mini-2024-07-18'
    }

    It 'writes an error for a damaged line, and the others' {
        $file = New-Journal 'damaged.jsonl' ($lines[0, 1] + '{"custom_id":"x",' + $lines[2..4])
        $entries = Get-ApiJournal $file -ErrorAction SilentlyContinue -ErrorVariable failure
        $entries.Line | Should -Be 2, 4, 5, 6
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeExactly 'journal_damaged,ApiTools.Cmdlets.GetApiJournalCommand'
        $failure[0].CategoryInfo.Category | Should -Be InvalidData
        $failure[0].TargetObject | Should -BeExactly $file
        $failure[0].Exception | Should -BeOfType ([ApiTools.ApiFileException])
        $failure[0].Exception.Message | Should -BeLike "Line 3 of the journal '$file' is damaged: at column *"
        $failure[0].ErrorDetails.RecommendedAction | Should -BeExactly "Mend the line, or take it out: its input is then sent again. Run: Get-Content -LiteralPath '$file' | Select-Object -Index 2"
        & ([scriptblock]::Create($failure[0].Exception.NextCommand)) | Should -BeExactly '{"custom_id":"x",'
        (Get-ApiJournal $file -Summary -ErrorAction SilentlyContinue).Answered | Should -Be 3
    }

    It 'takes half a line at the end for no error' {
        $file = New-Journal 'torn.jsonl' $lines
        [IO.File]::AppendAllText($file, '{"custom_id":"T-1')
        $messages = Get-ApiJournal $file -Verbose -ErrorVariable failure 4>&1
        $failure | Should -BeNullOrEmpty
        @($messages).Count | Should -Be 5
        "$($messages[4])" | Should -BeExactly "The last 17 bytes of $file are half a line, which the next run takes off."
        (Get-ApiJournal $file -Summary).TornBytes | Should -Be 17
    }

    It 'says of <Name> that it is no journal, and leaves it' -TestCases @(
        @{ Name = 'another file'; Content = 'hello' }
        @{ Name = 'lines of JSON'; Content = '{"custom_id":"x","response":null,"error":{}}' }
    ) {
        $file = New-Journal 'other.txt' $Content
        Get-ApiJournal $file -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeExactly 'not_a_journal,ApiTools.Cmdlets.GetApiJournalCommand'
        $failure[0].Exception.Message | Should -BeExactly "The file '$file' is no journal: its first line does not begin a job."
        $failure[0].CategoryInfo.Category | Should -Be InvalidData
    }

    It 'reads the others where one is not there' {
        $entries = Get-ApiJournal -LiteralPath (Join-Path $TestDrive none.jsonl), $sample -ErrorAction SilentlyContinue -ErrorVariable failure
        $entries.Count | Should -Be 4
        $failure[0].FullyQualifiedErrorId | Should -BeExactly 'file_not_found,ApiTools.Cmdlets.GetApiJournalCommand'
    }

    It 'stops where no more is wanted' {
        (Get-ApiJournal $sample | Select-Object -First 1).Key | Should -BeExactly 'T-1001'
        $held = [IO.File]::Open($sample, 'Open', 'Read', 'None')
        $held.Dispose()
    }

    It 'shows control sequences and never executes them, and fits 80 columns' {
        $esc = [char] 27
        $file = New-Journal 'control.jsonl' ($lines[0], $lines[1].Replace('T-1001', 'T\u001b[31m').Replace('A printer', '\u001b[2J\u202e A printer'), $lines[3].Replace("This model's", '\u001b]0;x\u0007'))
        $text = Get-ApiJournal $file | Out-String -Width 80 -Stream
        $text | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $shown = $text -join "`n"
        $shown | Should -Not -Match "$esc\[(31m|2J)|$esc\]|\u202e"
        $shown | Should -BeLike ('*T' + [char] 0x241b + '[[]31m*' + [char] 0x241b + '[[]2J\u202e A printer*')
        (Get-ApiJournal $file)[0].Key | Should -BeExactly "T$esc[31m"
        (Get-ApiJournal $file -Summary | Out-String -Width 80) | Should -Match '(?m)^Answered\s+: 1'
    }

    It 'says of an answer from a journal that it is one' {
        (Get-ApiJournal $sample)[0].Completion | Out-String | Should -BeLike '*22 + 11 tokens, 0.8 s, from the journal]*'
    }

    It 'completes the status' {
        $line = "Get-ApiJournal $sample -Status "
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -BeExactly 'Answered', 'Failed'
    }
}
