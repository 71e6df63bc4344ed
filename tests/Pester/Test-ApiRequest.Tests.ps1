BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $ErrorView = 'ConciseView'
    function New-Request([hashtable] $With = @{}) {
        $request = [ordered]@{ model = 'gpt-4o'; messages = @(@{ role = 'user'; content = 'Hello' }) }
        foreach ($name in $With.Keys) { $request[$name] = $With[$name] }
        $request
    }
    # What PowerShell has, as the JSON that is checked: a finding's exception carries it.
    function Get-SentJson($Value) {
        $null = Test-ApiRequest @{ n = 0; value = $Value } -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction Ignore
        $json = $failed[0].Exception.Request
        if ($json -notmatch '"value":(.*?)(,"n":0)?\}$') { throw $failed[0] }
        $Matches[1]
    }
}

Describe 'Test-ApiRequest' {
    It 'says so where it is given the name of a file' {
        $file = Join-Path $TestDrive "it's.json"
        [IO.File]::WriteAllText($file, '{}')
        Test-ApiRequest $file -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.TestApiRequestCommand'
        $failed[0].Exception.Message | Should -BeExactly "'$file' is no request, but the name of a file: give it by -Path."
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike "*Run: Test-ApiRequest -LiteralPath '$($file -replace "'", "''")'"
        Test-ApiRequest "$file.not" -Quiet | Should -BeFalse
    }

    It 'shows a report without the current folder, and one of another process too' {
        Push-Location $TestDrive
        try {
            [IO.File]::WriteAllText((Join-Path $TestDrive 'one.json'), '{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}')
            $report = Test-ApiRequest -Path one.json
            ($report | Out-String).Trim() -split '\r?\n' | Select-Object -Last 1 | Should -Match '^True +0 gpt-4o +1 one\.json$'
            $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($report))
            ($copy | Out-String).Trim() -split '\r?\n' | Select-Object -Last 1 | Should -Match '^True +0 gpt-4o +1 one\.json$'
        }
        finally {
            Pop-Location
        }
    }

    It 'writes the report of a request that is right, and nothing else' {
        $report = New-Request | Test-ApiRequest -ErrorVariable failed -WarningVariable warned
        $report | Should -BeOfType ([ApiTools.RequestReport])
        $report.IsValid | Should -BeTrue
        $report.Model | Should -BeExactly 'gpt-4o'
        $report.Tokens | Should -Be 1
        $report.Source | Should -BeNullOrEmpty
        $failed.Count | Should -Be 0
        $warned.Count | Should -Be 0
    }

    It 'takes <Kind>' -TestCases @(
        @{ Kind = 'JSON text'; Value = { '{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}' } }
        @{ Kind = 'a hashtable'; Value = { @{ model = 'gpt-4o'; messages = @(@{ role = 'user'; content = 'Hello' }) } } }
        @{ Kind = 'an object'; Value = { [pscustomobject]@{ model = 'gpt-4o'; messages = [Collections.ArrayList]@([pscustomobject]@{ role = 'user'; content = 'Hello' }) } } }
        @{ Kind = 'what ConvertFrom-Json gives'; Value = { ConvertFrom-Json '{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}' } }
    ) {
        (& $Value | Test-ApiRequest).IsValid | Should -BeTrue
        (Test-ApiRequest (& $Value)).IsValid | Should -BeTrue
    }

    It 'writes each error as a typed record, as a compiler would, and the report after them' {
        $file = Join-Path $TestDrive 'chat.json'
        Set-Content $file "{`"model`":`"gpt-4o`",`n`"temperature`":3,`n  `"messages`":[{`"role`":`"assitant`",`"content`":`"x`"}],`"foo`":1}"
        Push-Location $TestDrive
        try { $report = Test-ApiRequest -Path chat.json -ErrorAction SilentlyContinue -ErrorVariable failed -WarningVariable warned -WarningAction SilentlyContinue }
        finally { Pop-Location }
        $failed.Count | Should -Be 2
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.TestApiRequestCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failed[0].TargetObject | Should -BeExactly $file
        $failed[0].ErrorDetails.Message | Should -BeExactly 'chat.json(2,15): temperature is 3; it has to be between 0 and 2. (invalid_value)'
        $failed[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Check parameter format and range. Run: $Error[0] | Repair-ApiRequest -Include temperature'
        $failed[0].Exception | Should -BeOfType ([ApiTools.ApiRequestException])
        $failed[0].Exception.Param | Should -BeExactly 'temperature'
        $failed[1].Exception.Param | Should -BeExactly 'messages[0].role'
        $failed[1].ErrorDetails.RecommendedAction | Should -BeExactly 'Check parameter format and range. Run: $Error[0] | Repair-ApiRequest'
        $failed[1].ErrorDetails.Message | Should -BeLike 'chat.json(3,23): *Did you mean "assistant"?*'
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeExactly 'chat.json(3,50): foo is not a documented parameter; a service may ignore or refuse it.'
        $report.IsValid | Should -BeFalse
        $report.Findings.Count | Should -Be 3
        $report.Source | Should -BeExactly $file
        $failed[0].Exception.Report | Should -Be $report
    }

    It 'shows the line and a pointer under the place at a prompt' {
        $shell = [powershell]::Create()
        try {
            $module = (Get-Module ApiTools).Path
            $null = $shell.AddScript("Import-Module '$module'; ('{{`n`t{0}model{0}:{0}gpt-4o{0},{0}temperature{0}:3{1}[31m,{0}messages{0}:[]}}' -f [char]34, [char]27) | Test-ApiRequest").Invoke()
            $failed = $shell.Streams.Error
            $failed.Count | Should -Be 1
            $failed[0].ErrorDetails.Message -split "`n" | Should -BeExactly @(
                "(2,34): A ',' is missing before the character U+001B, or a '}'. (invalid_value)"
                "  `t`"model`":`"gpt-4o`",`"temperature`":3$([char]0x241b)[31m,`"messages`":[]}"
                "  `t                                ^")
        }
        finally { $shell.Dispose() }
    }

    It 'shows the excerpt before the recommendation where the message carries it, and none with a key in it' {
        $ErrorView = 'NormalView'
        $null = '{"model":"gpt-4o","messages":1}' | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].ErrorDetails.Message -split "`n" | Select-Object -Skip 1 | Should -BeExactly @(
            '  {"model":"gpt-4o","messages":1}'
            '                               ^'
            'Recommendation: Check parameter format and range. Run: $Error[0].Exception.Report.Findings | Format-List')
        $null = '{"model":"gpt-4o","messages":1,"api_key":"sk-0123456789abcdef"}' | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction Ignore
        $failed[0].ErrorDetails.Message | Should -Not -BeLike "*`n*"
    }

    It 'keeps the message to one line in a script, which ConciseView makes a paragraph of' {
        $null = '{"model":"gpt-4o","messages":1}' | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].ErrorDetails.Message | Should -Not -BeLike "*`n*"
        $failed[0].Exception.Report.Findings[0].Excerpt | Should -BeLike '*^'
    }

    It 'files <Code> as <Category>' -TestCases @(
        @{ Code = 'missing_required_field'; Category = 'InvalidArgument'; Json = '{"model":"gpt-4o"}'; Action = 'Add missing parameter. Run: $Error[0].Exception.Report.Findings | Format-List' }
        @{ Code = 'invalid_value'; Category = 'InvalidArgument'; Json = '{"a":}'; Action = 'Check parameter format and range. Run: $Error[0].Exception.Report.Findings | Format-List' }
    ) {
        $null = $Json | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly "$Code,ApiTools.Cmdlets.TestApiRequestCommand"
        $failed[0].CategoryInfo.Category | Should -Be $Category
        $failed[0].TargetObject | Should -BeExactly $Json
        $failed[0].ErrorDetails.RecommendedAction | Should -BeExactly $Action
    }

    It 'throws the first error with all findings in its Report under -ErrorAction Stop' {
        $caught = $null
        try { New-Request @{ n = 0; temperature = 9 } | Test-ApiRequest -ErrorAction Stop }
        catch [ApiTools.ApiRequestException] { $caught = $_ }
        $caught.Exception.Report.Findings.Count | Should -Be 2
        $caught.Exception.Param | Should -BeExactly $caught.Exception.Report.Findings[0].Param
    }

    It 'goes on to the next input after an error' {
        $reports = '{', '{"model":1}', (New-Request) | Test-ApiRequest -ErrorAction SilentlyContinue
        $reports.IsValid | Should -Be @($false, $false, $true)
    }

    It 'writes a Boolean and no findings with -Quiet' {
        $answers = '{', (New-Request @{ foo = 1 }), (New-Request) | Test-ApiRequest -Quiet -ErrorVariable failed -WarningVariable warned
        $answers | Should -Be @($false, $true, $true)
        $answers[0] | Should -BeOfType ([bool])
        $failed.Count | Should -Be 0
        $warned.Count | Should -Be 0
    }

    It 'reads files by wildcard, by literal name and from Get-ChildItem' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'many')
        foreach ($name in 'a.json', 'b[1].json') { Set-Content -LiteralPath (Join-Path $folder $name) (New-Request | ConvertTo-Json -Depth 5) }
        (Test-ApiRequest -Path "$folder/*.json").Count | Should -Be 2
        (Test-ApiRequest -LiteralPath "$folder/b[1].json").IsValid | Should -BeTrue
        (Get-ChildItem $folder | Test-ApiRequest).Source | Should -Be @((Join-Path $folder 'a.json'), (Join-Path $folder 'b[1].json'))
    }

    It 'checks each line of a .jsonl file, under its own number' {
        $file = Join-Path $TestDrive 'many.jsonl'
        $good = New-Request | ConvertTo-Json -Depth 5 -Compress
        Set-Content $file $good, '', '{"n":0}', $good
        $reports = Test-ApiRequest -LiteralPath $file -ErrorAction SilentlyContinue -ErrorVariable failed
        $reports.Source | Should -Be @("${file}:1", "${file}:3", "${file}:4")
        $reports.IsValid | Should -Be @($true, $false, $true)
        $failed[0].TargetObject | Should -BeExactly "${file}:3"
        $failed[0].ErrorDetails.Message | Should -BeLike '*many.jsonl(3,1): model is missing*'
    }

    It 'takes bytes as one request: <Case>' -TestCases @(
        @{ Case = 'as an argument'; Give = { Test-ApiRequest $args[0] } }
        @{ Case = 'as one object'; Give = { , $args[0] | Test-ApiRequest } }
        @{ Case = 'one by one'; Give = { $args[0] | Test-ApiRequest } }
        @{ Case = 'with a mark'; Give = { , [byte[]]((0xef, 0xbb, 0xbf) + $args[0]) | Test-ApiRequest -WarningAction Ignore } }
    ) {
        $bytes = [Text.Encoding]::UTF8.GetBytes((New-Request @{ temperature = 3 } | ConvertTo-Json -Depth 5))
        $ErrorActionPreference = 'SilentlyContinue'
        $report = & $Give $bytes 2>&1 | Where-Object { $_ -is [ApiTools.RequestReport] }
        @($report).Count | Should -Be 1
        $report.Model | Should -BeExactly 'gpt-4o'
        @($report.Findings | Where-Object Param -EQ 'temperature').Count | Should -Be 1
        $report.Findings[-1].Line | Should -Not -BeNullOrEmpty
    }

    It 'takes what comes after bytes for itself' {
        $bytes = [Text.Encoding]::UTF8.GetBytes('{"model":1}')
        $reports = & { $bytes; '{}'; $bytes } | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $reports.Count | Should -Be 3
        $failed[0].TargetObject | Should -BeOfType ([byte])
        $failed[0].TargetObject.Count | Should -Be $bytes.Count
    }

    It 'checks lines of a batch and plain requests of one file, each as what it is' {
        $file = Join-Path $TestDrive 'batch.jsonl'
        $good = New-Request | ConvertTo-Json -Depth 5 -Compress
        Set-Content $file @(
            '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":' + $good + '}'
            $good
            '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-4o","messages":[{"role":"usr","content":"x"}]}}')
        $reports = Test-ApiRequest -LiteralPath $file -ErrorAction SilentlyContinue -ErrorVariable failed
        $reports.IsValid | Should -Be @($true, $true, $false)
        $failed.Count | Should -Be 2
        $failed[0].Exception.Param | Should -BeExactly 'custom_id'
        $failed[0].ErrorDetails.Message | Should -BeLike '*batch.jsonl(3,14): custom_id is "a", as in line 1 already*'
        $failed[1].Exception.Param | Should -BeExactly 'messages[0].role'
        $failed[1].ErrorDetails.Message | Should -BeLike '*batch.jsonl(3,108): messages`[0`].role is "usr"*'
        $failed[1].Exception.Request | Should -BeExactly '{"model":"gpt-4o","messages":[{"role":"usr","content":"x"}]}'
        Test-ApiRequest -LiteralPath $file -Quiet | Should -Be @($true, $true, $false)
        $null = '{"custom_id":"a","method":"post","url":"/v1/chat/completions","body":' + $good + '}' | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.NextCommand | Should -BeExactly '$Error[0] | Repair-ApiRequest'
        ($failed[0] | Repair-ApiRequest).Request | Should -BeLike '*"method":"POST"*'
    }

    It 'checks the body of a saved HTTP request, at the places of the file' {
        $file = Join-Path $TestDrive 'saved.http'
        [IO.File]::WriteAllText($file, "POST https://api.example.com/v1/chat/completions HTTP/1.1`r`nAuthorization: Bearer sk-0123456789abcdef`r`n`r`n{`r`n`"model`": `"gpt-4o`", `"n`": 0,`r`n`"messages`": [{`"role`":`"user`",`"content`":`"x`"}]}")
        $report = Test-ApiRequest -LiteralPath $file -ErrorAction SilentlyContinue -ErrorVariable failed
        $report.Findings.Param | Should -BeExactly 'n'
        $failed[0].ErrorDetails.Message | Should -BeLike '*saved.http(5,25): n is 0*'
        $failed[0].Exception.Request | Should -BeLike '{*"n": 0*}'
        (Get-Content -Raw $file | Test-ApiRequest -ErrorAction SilentlyContinue).Findings[0].Line | Should -Be 5
    }

    It 'says what each message costs where they are too many' {
        $report = New-Request @{ model = 'gpt-4'; messages = @(@{ role = 'user'; content = 'old ' * 9000 }, @{ role = 'user'; content = 'Hello' }) } | Test-ApiRequest -ErrorVariable failed -ErrorAction SilentlyContinue
        $report.MessageTokens | Should -Be @(9005, 5)
        $failed[0].Exception.Message | Should -BeExactly "The messages are 9,013 tokens: 821 more than the 8,192 of gpt-4's context window. Each: messages[0] 9,005, messages[1] 5."
    }

    It 'names Repair-ApiRequest where it mends the syntax' {
        $null = '{"model":"gpt-4o","messages":[],}' | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.NextCommand | Should -BeExactly '$Error[0] | Repair-ApiRequest'
        $failed[0].Exception.Report.Findings[0].IsRepairable | Should -BeTrue
        ($failed[0] | Repair-ApiRequest -ErrorAction Ignore).Request | Should -BeExactly '{"model":"gpt-4o","messages":[]}'
        $null = , [byte[]](0x5b, 0x22, 0xe9, 0x22, 0x5d) | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].ErrorDetails.Message | Should -BeLike '(1,3): The byte 0xe9, at offset 2, is not UTF-8*'
        $failed[0].Exception.NextCommand | Should -BeExactly '$Error[0] | Repair-ApiRequest -Include invalid_value'
        ($failed[0] | Repair-ApiRequest -Include invalid_value -ErrorAction Ignore -WarningAction Ignore).Request | Should -BeExactly "[`"$([char]0xfffd)`"]"
    }

    It 'says what is wrong with a file that <Case>' -TestCases @(
        @{ Case = 'is not there'; Name = 'none.json'; Make = {}; Id = 'file_not_found'; Category = 'ObjectNotFound'; Message = "There is no file '{0}'. (file_not_found)" }
        @{ Case = 'is a folder'; Name = 'folder.json'; Make = { New-Item -ItemType Directory $args[0] }; Id = 'file_unreadable'; Category = 'ReadError'; Message = "The file '{0}' cannot be read: it is a folder. (file_unreadable)" }
        @{ Case = 'is binary'; Name = 'binary.json'; Make = { [IO.File]::WriteAllBytes($args[0], [byte[]](0, 1, 2)) }; Id = 'file_unreadable'; Category = 'ReadError'; Message = "The file '{0}' cannot be read: it is binary: there are NUL bytes in it. (file_unreadable)" }
    ) {
        $file = Join-Path $TestDrive $Name
        $null = & $Make $file
        $report = Test-ApiRequest -LiteralPath $file -ErrorAction SilentlyContinue -ErrorVariable failed
        $report | Should -BeNullOrEmpty
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeExactly "$Id,ApiTools.Cmdlets.TestApiRequestCommand"
        $failed[0].CategoryInfo.Category | Should -Be $Category
        $failed[0].TargetObject | Should -BeExactly $file
        $failed[0].ErrorDetails.Message | Should -BeExactly ($Message -f $file)
    }

    It 'says so where a wildcard matches nothing' {
        $null = Test-ApiRequest -Path "$TestDrive/*.nothing" -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'file_not_found,ApiTools.Cmdlets.TestApiRequestCommand'
    }

    It 'says so where a path is not in the file system' {
        $null = Test-ApiRequest -LiteralPath 'Env:PATH' -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].ErrorDetails.Message | Should -BeLike "*in PowerShell's Environment, not in the file system*"
    }

    It 'says so of a file in UTF-16, as Windows PowerShell writes it' {
        $file = Join-Path $TestDrive 'utf16.json'
        Set-Content $file (New-Request | ConvertTo-Json -Depth 5) -Encoding unicode
        $null = Test-ApiRequest -LiteralPath $file -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].ErrorDetails.Message | Should -BeLike '*Save it with Set-Content -Encoding utf8.*'
    }

    It 'checks the request that an error carries' {
        $null = '{"model":"gpt-4o","messages":[],"n":0}' | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $again = $failed[0] | Test-ApiRequest -ErrorAction SilentlyContinue
        $again.Findings.Param | Should -Be @('messages', 'n')
        $again.Findings[0].Line | Should -BeNullOrEmpty
        $null = $failed[0].Exception | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable second
        $second.Count | Should -Be 2
    }

    It 'says so where an error carries none' {
        try { throw 'something else' } catch { $other = $_ }
        $null = $other | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.TestApiRequestCommand'
        $failed[0].ErrorDetails.Message | Should -BeLike 'This error carries no request*'
    }

    It 'has one error for nothing, for empty text and for half a character' {
        $null = $null | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'missing_required_field,ApiTools.Cmdlets.TestApiRequestCommand'
        $null = '' | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].ErrorDetails.Message | Should -BeExactly '(1,1): The request is empty. (invalid_value)'
        $null = "{`"a`":`"$([char]0xd83d)`"}" | Test-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].ErrorDetails.Message | Should -BeLike 'The text has half a surrogate pair in it, at position 6*'
    }

    It 'bounds what a hostile text can do' {
        $report = ('[' * 100000) | Test-ApiRequest -ErrorAction SilentlyContinue
        $report.Findings.Count | Should -Be 1
    }

    It 'shows one line of summary' {
        $text = New-Request @{ foo = 1 } | Test-ApiRequest -WarningAction Ignore | Out-String -Width 80
        ($text.Trim() -split '\r?\n')[0] | Should -Match '^Valid Findings Model +Tokens Source'
        ($text.Trim() -split '\r?\n')[2] | Should -Match '^True +1 gpt-4o +1'
    }

    Context 'what PowerShell has becomes JSON' {
        It 'writes <Json>' -TestCases @(
            @{ Value = { 'a"b' }; Json = '"a\"b"' }
            @{ Value = { '汉😀' }; Json = '"汉\uD83D\uDE00"' }
            @{ Value = { [char]'x' }; Json = '"x"' }
            @{ Value = { 42 }; Json = '42' }
            @{ Value = { 1234567890123456789.12d }; Json = '1234567890123456789.12' }
            @{ Value = { [bigint]::Pow(10, 30) }; Json = '1000000000000000000000000000000' }
            @{ Value = { 0.5 }; Json = '0.5' }
            @{ Value = { $true }; Json = 'true' }
            @{ Value = { [switch]$true }; Json = 'true' }
            @{ Value = { $null }; Json = 'null' }
            @{ Value = { [DayOfWeek]::Monday }; Json = '"Monday"' }
            @{ Value = { [datetime]::SpecifyKind('2026-01-02T03:04:05', 'Utc') }; Json = '"2026-01-02T03:04:05.0000000Z"' }
            @{ Value = { [guid]'6f0e6a55-6f0c-4d0e-9a53-3a4c1d0e7b52' }; Json = '"6f0e6a55-6f0c-4d0e-9a53-3a4c1d0e7b52"' }
            @{ Value = { [uri]'https://example.com/a b' }; Json = '"https://example.com/a b"' }
            @{ Value = { , @() }; Json = '[]' }
            @{ Value = { , @(1) }; Json = '[1]' }
            @{ Value = { , [Collections.ArrayList]@(1, 'a') }; Json = '[1,"a"]' }
            @{ Value = { [ordered]@{ b = 1; a = @{ 1 = 2 } } }; Json = '{"b":1,"a":{"1":2}}' }
            @{ Value = { [pscustomobject]@{ b = 1; a = $null } }; Json = '{"b":1,"a":null}' }
            @{ Value = { 'text' | Add-Member note 1 -PassThru }; Json = '"text"' }
        ) {
            Get-SentJson (& $Value) | Should -BeExactly $Json
        }

        It 'writes an object of a class of the script' {
            class ApiToolsTestMessage { [string] $role = 'user'; [string] $content = 'x' }
            Get-SentJson ([ApiToolsTestMessage]::new()) | Should -BeExactly '{"role":"user","content":"x"}'
        }

        It 'cuts nothing off, however deep' {
            $deep = 'bottom'
            foreach ($level in 1..50) { $deep = @{ a = $deep } }
            Get-SentJson $deep | Should -BeLike '*bottom*'
        }

        It 'refuses <Case>, and names the place' -TestCases @(
            @{ Case = 'a script block'; Value = { @{ b = @(1, { x }) } }; Message = 'value.b`[1] is a System.Management.Automation.ScriptBlock, which has no meaning in JSON.*' }
            @{ Case = 'a file'; Value = { Get-Item $PSHOME }; Message = 'value is a System.IO.DirectoryInfo, which has no meaning in JSON.*' }
            @{ Case = 'a secret'; Value = { [securestring]::new() }; Message = 'value is a System.Security.SecureString, which has no meaning in JSON.*' }
            @{ Case = 'what holds itself'; Value = { $h = @{}; $h.me = $h; $h }; Message = 'value.me holds itself*' }
            @{ Case = 'an object that holds itself'; Value = { $o = [pscustomobject]@{ me = $null }; $o.me = $o; $o }; Message = 'value.me holds itself*' }
            @{ Case = 'half a character'; Value = { @{ t = "a$([char]0xde00)" } }; Message = 'value.t has half a surrogate pair in it (U+DE00 at position 1)*' }
            @{ Case = 'no number'; Value = { [double]::NaN }; Message = 'value is NaN, which is no JSON number.*' }
            @{ Case = 'two keys that are one'; Value = { $two = @{ 1 = 'a' }; $two['1'] = 'b'; $two }; Message = 'value.1 is there twice*' }
        ) {
            $null = Test-ApiRequest @{ value = (& $Value) } -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.TestApiRequestCommand'
            $failed[0].ErrorDetails.Message | Should -BeLike $Message
        }
    }
}
