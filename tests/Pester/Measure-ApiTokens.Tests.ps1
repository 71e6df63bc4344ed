BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $ErrorView = 'ConciseView'
}

Describe 'Measure-ApiTokens' {
    It 'estimates <Text> as the page does' -TestCases @(
        @{ Text = ''; Tokens = 0; Characters = 0; Bytes = 0 }
        @{ Text = 'abcd'; Tokens = 1; Characters = 4; Bytes = 4 }
        @{ Text = '你好 world!'; Tokens = 3; Characters = 9; Bytes = 13 }
        @{ Text = '😀😀😀😀'; Tokens = 1; Characters = 4; Bytes = 16 }
    ) {
        $measure = Measure-ApiTokens $Text
        $measure | Should -BeOfType ([ApiTools.TokenMeasure])
        $measure.Tokens | Should -Be $Tokens
        $measure.Characters | Should -Be $Characters
        $measure.Bytes | Should -Be $Bytes
        $measure.Method | Should -Be 'Estimate'
        $measure.ContextWindow | Should -BeNullOrEmpty
        $measure.Remaining | Should -BeNullOrEmpty
    }

    It 'measures each text of a pipeline, and of an array, for itself' {
        ('abcd', 'abcdefgh' | Measure-ApiTokens).Tokens | Should -Be @(1, 2)
        (Measure-ApiTokens 'abcd', 'abcdefgh').Tokens | Should -Be @(1, 2)
        (1234 | Measure-ApiToken).Tokens | Should -Be 1
    }

    It 'counts exactly for <Model>, which counts with <Encoding>' -TestCases @(
        @{ Model = 'gpt-4o'; Encoding = 'o200k_base'; Tokens = 8 }
        @{ Model = 'ft:gpt-4.1-mini-2025-04-14:acme::1'; Encoding = 'o200k_base'; Tokens = 8 }
        @{ Model = 'gpt-oss-20b'; Encoding = 'o200k_harmony'; Tokens = 8 }
        @{ Model = 'gpt-4'; Encoding = 'cl100k_base'; Tokens = 9 }
        @{ Model = 'text-embedding-3-small'; Encoding = 'cl100k_base'; Tokens = 9 }
    ) {
        $measure = 'お誕生日おめでとう' | Measure-ApiTokens -Model $Model -WarningVariable warned
        $measure.Tokens | Should -Be $Tokens
        $measure.Method | Should -Be 'Exact'
        $measure.Encoding | Should -BeExactly $Encoding
        $measure.Notes | Should -BeNullOrEmpty
        $warned | Should -BeNullOrEmpty
        ('お誕生日おめでとう' | Measure-ApiTokens -Encoding $Encoding -Method Exact).Tokens | Should -Be $Tokens
        ('お誕生日おめでとう' | Measure-ApiTokens -Model $Model -Method Estimate).Tokens | Should -Be 4
    }

    It 'tells what remains of the model''s context window, and whether it fits' {
        $measure = 'Hello world' | Measure-ApiTokens -Model gpt-4 -MaxTokens 1000
        $measure.Model | Should -BeExactly 'gpt-4'
        $measure.ContextWindow | Should -Be 8192
        $measure.MaxTokens | Should -Be 1000
        $measure.Remaining | Should -Be (8192 - 2 - 1000)
        $measure.Fits | Should -BeTrue
        $long = ' a' * 10000 | Measure-ApiTokens -Model gpt-4
        $long.Remaining | Should -Be (8192 - 10000)
        $long.Fits | Should -BeFalse
        $unknown = 'x' | Measure-ApiTokens -Model made-up -Method Estimate
        $unknown.Remaining | Should -BeNullOrEmpty
        $unknown.Fits | Should -BeNullOrEmpty
    }

    It 'estimates for a model that nobody knows, and warns once' {
        $measures = 'abcd', 'efgh' | Measure-ApiTokens -Model made-up -WarningVariable warned -WarningAction SilentlyContinue
        $measures.Tokens | Should -Be @(1, 1)
        $measures.Method | Should -Be @('Estimate', 'Estimate')
        $measures[0].Encoding | Should -BeNullOrEmpty
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeExactly "With which encoding 'made-up' counts is not known here: its numbers are the API page's estimate. Give -Encoding for an exact count, or -Method Estimate for the estimate without this warning."
        $null = 'abcd' | Measure-ApiTokens -Model made-up -Method Estimate -WarningVariable warned
        $warned | Should -BeNullOrEmpty
    }

    It 'says what the exact count needs: <Case>' -TestCases @(
        @{ Case = 'no model'; Parameters = @{}; Id = 'missing_required_field'; Message = 'To count tokens the encoding has to be known: give -Model, or -Encoding (o200k_base, o200k_harmony, cl100k_base). (missing_required_field)' }
        @{ Case = 'an unknown model'; Parameters = @{ Model = 'made-up' }; Id = 'invalid_value'; Message = "With which encoding 'made-up' counts is not known here: give it by -Encoding (o200k_base, o200k_harmony, cl100k_base). (invalid_value)" }
        @{ Case = 'an unknown encoding'; Parameters = @{ Encoding = 'p50k_base' }; Id = 'invalid_value'; Message = "There is no encoding 'p50k_base' here. There are o200k_base, o200k_harmony, cl100k_base. (invalid_value)" }
    ) {
        $failed = $null
        try { $null = 'x' | Measure-ApiTokens -Method Exact @Parameters -ErrorAction Stop } catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -BeExactly "$Id,ApiTools.Cmdlets.MeasureApiTokensCommand"
        $failed.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failed.ErrorDetails.Message | Should -BeExactly $Message
        $failed.ErrorDetails.RecommendedAction | Should -BeLike '*Run: Get-Help about_ApiTools_Tokens'
    }

    It 'counts the bytes of text, whatever its encoding, and refuses others' {
        foreach ($encoding in [Text.UTF8Encoding]::new($true), [Text.Encoding]::Unicode, [Text.Encoding]::BigEndianUnicode) {
            [byte[]] $bytes = $encoding.GetPreamble() + $encoding.GetBytes('お誕生日おめでとう')
            (Measure-ApiTokens $bytes -Model gpt-4o).Tokens | Should -Be 8
            (, $bytes | Measure-ApiTokens -Model gpt-4o).Characters | Should -Be 9
            # PowerShell takes an array apart on its way through the pipeline.
            ($bytes | Measure-ApiTokens -Model gpt-4o).Tokens | Should -Be 8
        }
        $null = Measure-ApiTokens ([byte[]](65, 0)) -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.MeasureApiTokensCommand'
        $failed[0].ErrorDetails.Message | Should -BeExactly 'These bytes are no text: there is a NUL character in them. (invalid_value)'
    }

    It 'takes the name of a special token for text, unless it is allowed' {
        ('<|endoftext|>' | Measure-ApiTokens -Model gpt-4o).Tokens | Should -BeGreaterThan 1
        ('<|endoftext|>' | Measure-ApiTokens -Model gpt-4o -AllowSpecial).Tokens | Should -Be 1
    }

    It 'counts for the model of the connection where none is given' {
        $connection = Connect-ApiService -BaseUri http://127.0.0.1:9/v1 -Model gpt-4 -Name counted -PassThru
        ('お誕生日おめでとう' | Measure-ApiTokens -Connection counted).Tokens | Should -Be 9
        ('お誕生日おめでとう' | Measure-ApiTokens -Connection $connection -Model gpt-4o).Tokens | Should -Be 8
        Disconnect-ApiService counted
        { 'x' | Measure-ApiTokens -Connection counted -ErrorAction Stop } | Should -Throw -ErrorId 'no_connection,ApiTools.Cmdlets.MeasureApiTokensCommand'
    }

    It 'measures many files in their order, and their sum' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'many')
        1..60 | ForEach-Object { Set-Content (Join-Path $folder "$_.txt") (' a' * $_ * 50) -NoNewline }
        $files = Get-ChildItem $folder | Sort-Object { [int] $_.BaseName }
        $measures = $files | Measure-ApiTokens -Model gpt-4o
        $measures.Tokens | Should -Be @(1..60 | ForEach-Object { $_ * 50 })
        $measures.Source | Should -BeExactly $files.FullName
        $total = $files | Measure-ApiTokens -Model gpt-4o -Total -MaxTokens 100
        $total.Tokens | Should -Be (50 * 1830)
        $total.Count | Should -Be 60
        $total.Bytes | Should -Be (100 * 1830)
        $total.Method | Should -Be 'Exact'
        $total.Remaining | Should -Be (128000 - 91500 - 100)
        $total.Source | Should -BeNullOrEmpty
        (Measure-ApiTokens -Path "$folder/*" -Model gpt-4o | Select-Object -First 2).Count | Should -Be 2
    }

    It 'keeps the order of files, texts and failures, and leaves what fails out of the sum' {
        $file = Join-Path $TestDrive 'ordered.txt'
        Set-Content $file (' a' * 200000) -NoNewline
        $inputs = (Get-Item $file), 'b', ([pscustomobject]@{ Body = 'x' }), (Get-Item $file), 'c d'
        $measures = $inputs | Measure-ApiTokens -Model gpt-4o -ErrorAction SilentlyContinue -ErrorVariable failed
        $measures.Tokens | Should -Be @(200000, 1, 200000, 2)
        $failed.Count | Should -Be 1
        ($inputs | Measure-ApiTokens -Model gpt-4o -Total -ErrorAction SilentlyContinue).Tokens | Should -Be 400003
    }

    It 'measures a file in <Encoding>, without its mark' -TestCases @(
        @{ Encoding = 'utf8NoBOM'; Writer = [Text.UTF8Encoding]::new($false) }
        @{ Encoding = 'utf8BOM'; Writer = [Text.UTF8Encoding]::new($true) }
        @{ Encoding = 'unicode'; Writer = [Text.Encoding]::Unicode }
        @{ Encoding = 'bigendianunicode'; Writer = [Text.Encoding]::BigEndianUnicode }
    ) {
        $text = '你好 world 😀' * 20000
        $file = Join-Path $TestDrive "$Encoding.txt"
        # Windows PowerShell's Set-Content knows not all of these names.
        [IO.File]::WriteAllText($file, $text, $Writer)
        $expected = Measure-ApiTokens $text
        foreach ($measure in (Measure-ApiTokens -LiteralPath $file), (Measure-ApiTokens -Path "$TestDrive/$Encoding*"), (Get-Item $file | Measure-ApiTokens)) {
            $measure.Tokens | Should -Be $expected.Tokens
            $measure.Characters | Should -Be $expected.Characters
            $measure.Bytes | Should -Be $expected.Bytes
            $measure.Source | Should -BeExactly $file
        }
    }

    It 'counts a conversation by the documented formula' {
        $messages = @{ role = 'system'; content = 'Be brief.' }, ([pscustomobject]@{ role = 'user'; content = 'Why is the sky blue?' })
        $measure = Measure-ApiTokens -Message $messages -Model gpt-4o
        $measure.Tokens | Should -Be (4 + 3 + 4 + 6 + 3)
        $measure.Method | Should -Be 'Exact'
        $measure.Characters | Should -Be 29
        $measure.Messages.Param | Should -Be @('messages[0]', 'messages[1]', 'reply')
        $detail = Measure-ApiTokens -Message $messages -Model gpt-4o -Detail
        $detail[0] | Should -BeOfType ([ApiTools.MessageTokens])
        $detail.Tokens | Should -Be @(7, 10, 3)
        $detail.Role | Should -Be @('system', 'user', $null)
        $detail[1].Text | Should -Be 6
        $detail[1].Format | Should -Be 4
        (Measure-ApiTokens -Message $messages -Model made-up -Method Estimate).Tokens | Should -Be 7
    }

    It 'says of a conversation what is a guess' {
        $measure = Measure-ApiTokens -Message @{ role = 'user'; content = 'Hello' } -Model gpt-5 -Verbose -WarningVariable warned 4> (Join-Path $TestDrive 'verbose.txt')
        $measure.Tokens | Should -Be 8
        $measure.Method | Should -Be 'Estimate'
        $measure.Notes | Should -BeExactly "The texts are counted; what the format adds to each message is not documented for gpt-5, and is taken to be gpt-4o's: 3 tokens a message and for the answer."
        $warned | Should -BeNullOrEmpty
        Get-Content (Join-Path $TestDrive 'verbose.txt') | Should -Be $measure.Notes
    }

    It 'counts images of known size, and warns of others' {
        $png = 'data:image/png;base64,' + [Convert]::ToBase64String([byte[]](0x89, 0x50, 0x4E, 0x47, 0xD, 0xA, 0x1A, 0xA, 0, 0, 0, 0xD, 0x49, 0x48, 0x44, 0x52, 0, 0, 4, 0, 0, 0, 4, 0))
        $image = { param($url) @{ role = 'user'; content = @(@{ type = 'text'; text = 'Hello' }, @{ type = 'image_url'; image_url = @{ url = $url } }) } }
        $measure = Measure-ApiTokens -Message (& $image $png) -Model gpt-4o
        $measure.Tokens | Should -Be (8 + 765)
        $measure.Method | Should -Be 'Exact'
        $measure = Measure-ApiTokens -Message (& $image 'https://example.com/a.png') -Model gpt-4o -WarningVariable warned -WarningAction SilentlyContinue
        $measure.Tokens | Should -Be 8
        $measure.Method | Should -Be 'Estimate'
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeLike 'The size of an image that is given by its address is not known*'
    }

    It 'measures the messages of a request, and of an error that carries one' {
        $request = @{ model = 'gpt-4'; n = 0; max_tokens = 50; messages = @(@{ role = 'user'; content = 'Hello' }) }
        $measure = $request | Measure-ApiTokens
        $measure.Tokens | Should -Be 8
        $measure.Model | Should -BeExactly 'gpt-4'
        $measure.Remaining | Should -Be (8192 - 8 - 50)
        $null = $request | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        ($failed[0] | Measure-ApiTokens -MaxTokens 0).Remaining | Should -Be (8192 - 8)
        ($failed[0] | Measure-ApiTokens -Model gpt-4o).ContextWindow | Should -Be 128000
    }

    It 'measures a request that is too long for its model' {
        $null = @{ model = 'gpt-4'; messages = @(@{ role = 'user'; content = ' a' * 9000 }) } | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'context_length_exceeded,*'
        $measure = $failed[0] | Measure-ApiTokens
        $measure.Remaining | Should -Be (8192 - 9007)
        $measure.Fits | Should -BeFalse
    }

    It 'never counts a mistyped message as nothing' {
        $null = Measure-ApiTokens -Message @{ role = 'user'; contnet = 'abcdefgh' } -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'missing_required_field,ApiTools.Cmdlets.MeasureApiTokensCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failed[0].Exception.Param | Should -BeExactly 'messages[0].content'
        $failed[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Add missing parameter. Run: $Error[0].Exception.Report.Findings | Format-List'
    }

    It 'says what it cannot measure: <Case>' -TestCases @(
        @{ Case = 'nothing'; Value = { $null }; Id = 'missing_required_field'; Message = 'There is no text to measure: the input is null. (missing_required_field)' }
        @{ Case = 'a process'; Value = { Get-Process -Id $PID }; Id = 'invalid_value'; Message = 'A System.Diagnostics.Process is no text. Give a property of it, or the text that the host would show, by Out-String. (invalid_value)' }
        @{ Case = 'an object'; Value = { [pscustomobject]@{ Body = 'x' } }; Id = 'invalid_value'; Message = 'This is no request: it has no messages.*' }
    ) {
        $null = , (& $Value) | Measure-ApiTokens -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeExactly "$Id,ApiTools.Cmdlets.MeasureApiTokensCommand"
        $failed[0].ErrorDetails.Message | Should -BeLike $Message
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-Help Measure-ApiTokens -Examples'
    }

    It 'says what is wrong with a file that <Case>' -TestCases @(
        @{ Case = 'is not there'; Name = 'none.txt'; Make = {}; Id = 'file_not_found'; Category = 'ObjectNotFound'; Message = "There is no file '{0}'. (file_not_found)" }
        @{ Case = 'is a folder'; Name = 'folder'; Make = { New-Item -ItemType Directory $args[0] }; Id = 'file_unreadable'; Category = 'ReadError'; Message = "The file '{0}' cannot be read: it is a folder. (file_unreadable)" }
        @{ Case = 'is binary'; Name = 'binary'; Make = { [IO.File]::WriteAllBytes($args[0], [byte[]](65, 0, 2)) }; Id = 'file_unreadable'; Category = 'ReadError'; Message = "The file '{0}' cannot be read: There is a NUL character in it. (file_unreadable)" }
        @{ Case = 'is in another encoding'; Name = 'latin1'; Make = { [IO.File]::WriteAllBytes($args[0], [byte[]](65, 0xe9, 66)) }; Id = 'file_unreadable'; Category = 'ReadError'; Message = "The file '{0}' cannot be read: it is neither UTF-8 nor UTF-16 with a byte order mark. (file_unreadable)" }
    ) {
        $file = Join-Path $TestDrive $Name
        $null = & $Make $file
        $null = Measure-ApiTokens -LiteralPath $file -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeExactly "$Id,ApiTools.Cmdlets.MeasureApiTokensCommand"
        $failed[0].CategoryInfo.Category | Should -Be $Category
        $failed[0].TargetObject | Should -BeExactly $file
        $failed[0].ErrorDetails.Message | Should -BeExactly ($Message -f $file)
    }

    It 'completes -Model with the limits as the tooltip' {
        $line = 'Measure-ApiTokens x -Model gpt-4.1-m'
        $match = (TabExpansion2 $line $line.Length).CompletionMatches[0]
        $match.CompletionText | Should -BeExactly 'gpt-4.1-mini'
        $match.ToolTip | Should -BeLike '1,047,576 tokens of context*'
    }

    It 'completes -Encoding with what uses it as the tooltip' {
        $line = 'Measure-ApiTokens x -Encoding cl'
        $match = (TabExpansion2 $line $line.Length).CompletionMatches[0]
        $match.CompletionText | Should -BeExactly 'cl100k_base'
        $match.ToolTip | Should -BeLike 'gpt-4, gpt-3.5-turbo*'
    }

    It 'shows a table' {
        ('abcd' | Measure-ApiTokens | Out-String -Width 80) | Should -Match 'Tokens Method +Model +Window +Remaining +Source'
    }
}
