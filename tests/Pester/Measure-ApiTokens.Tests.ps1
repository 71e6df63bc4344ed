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

    It 'tells what remains of the model''s context window' {
        $measure = 'abcdefgh' | Measure-ApiTokens -Model gpt-4 -MaxTokens 1000
        $measure.Model | Should -BeExactly 'gpt-4'
        $measure.Encoding | Should -BeExactly 'cl100k_base'
        $measure.ContextWindow | Should -Be 8192
        $measure.Remaining | Should -Be (8192 - 2 - 1000)
        ('x' * 40000 | Measure-ApiTokens -Model gpt-4).Remaining | Should -Be (8192 - 10000)
        ('x' | Measure-ApiTokens -Model made-up).Remaining | Should -BeNullOrEmpty
    }

    It 'measures a file in <Encoding>, without its mark' -TestCases @(
        @{ Encoding = 'utf8NoBOM' }, @{ Encoding = 'utf8BOM' }, @{ Encoding = 'unicode' }, @{ Encoding = 'bigendianunicode' }
    ) {
        $text = '你好 world 😀' * 20000
        $file = Join-Path $TestDrive "$Encoding.txt"
        Set-Content $file $text -Encoding $Encoding -NoNewline
        $expected = Measure-ApiTokens $text
        foreach ($measure in (Measure-ApiTokens -LiteralPath $file), (Measure-ApiTokens -Path "$TestDrive/$Encoding*"), (Get-Item $file | Measure-ApiTokens)) {
            $measure.Tokens | Should -Be $expected.Tokens
            $measure.Characters | Should -Be $expected.Characters
            $measure.Bytes | Should -Be $expected.Bytes
            $measure.Source | Should -BeExactly $file
        }
    }

    It 'measures a conversation as one text' {
        $measure = Measure-ApiTokens -Message @{ role = 'system'; content = 'abc' }, ([pscustomobject]@{ role = 'user'; content = 'defgh' }) -Model gpt-4o
        $measure.Tokens | Should -Be 2
        $measure.Characters | Should -Be 8
        $measure.Remaining | Should -Be (128000 - 2)
    }

    It 'measures the messages of a request, and of an error that carries one' {
        $request = @{ model = 'gpt-4'; n = 0; messages = @(@{ role = 'user'; content = 'abcdefgh' }) }
        $measure = $request | Measure-ApiTokens
        $measure.Tokens | Should -Be 2
        $measure.Model | Should -BeExactly 'gpt-4'
        $null = $request | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        ($failed[0] | Measure-ApiTokens).Remaining | Should -Be (8192 - 2)
        ($failed[0] | Measure-ApiTokens -Model gpt-4o).ContextWindow | Should -Be 128000
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

    It 'shows a table' {
        ('abcd' | Measure-ApiTokens | Out-String -Width 80) | Should -Match 'Tokens Method +Model +ContextWindow +Remaining +Characters Source'
    }
}
