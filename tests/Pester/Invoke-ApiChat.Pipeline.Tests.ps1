BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    function Write-RequestFile($Name, [string[]] $Line) {
        $path = Join-Path $TestDrive $Name
        Set-Content -LiteralPath $path -Value $Line
        $path
    }

    function Get-Line($Prompt, $CustomId) {
        $request = @{ model = 'gpt-4o'; messages = @(@{ role = 'user'; content = $Prompt }) }
        if ($CustomId) { $request = @{ custom_id = $CustomId; method = 'POST'; url = '/v1/chat/completions'; body = $request } }
        $request | ConvertTo-Json -Depth 5 -Compress
    }
}

Describe 'Invoke-ApiChat in a pipeline' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
        Disconnect-ApiService -ErrorAction Ignore
    }

    Context 'Files of requests' {
        BeforeEach { Start-TestService }

        It 'sends plain requests and lines of the Batch API, each under its custom_id, from files by wildcard' {
            $null = Write-RequestFile 'b1.jsonl' (Get-Line one), '', (Get-Line two 'id-2')
            $null = Write-RequestFile 'b2.jsonl' (Get-Line three 'id-3')
            $answers = Invoke-ApiChat -Path (Join-Path $TestDrive 'b*.jsonl') -ThrottleLimit 1
            Get-Sent | Should -Be 'one', 'two', 'three'
            $answers.CustomId | Should -Be $null, 'id-2', 'id-3'
            $answers.Input.LineNumber | Should -Be 1, 3, 1
            $answers[1].Input | Should -BeExactly (Get-Content (Join-Path $TestDrive 'b1.jsonl'))[2]
            $answers[2].Input.Path | Should -BeLike '*b2.jsonl'
        }

        It 'sends a line to the letter' {
            $line = '{ "model":"gpt-4o", "messages":[{"role":"user","content":"caf\u00e9"}],"metadata":{"n":"1e400"} , "seed":12345678901234567 }'
            $path = Write-RequestFile 'exact.jsonl' $line
            Invoke-ApiChat -LiteralPath $path | Should -Not -BeNullOrEmpty
            (Get-ApiSimulatorRequest).Body | Should -BeExactly $line
        }

        It 'says which line of which file is at fault, and goes on' {
            $path = Write-RequestFile 'bad.jsonl' (Get-Line one), '{"model":"gpt-4o",}', '{"custom_id":"x","url":"/v1/embeddings","body":{}}', (Get-Line four)
            Push-Location $TestDrive
            try {
                Invoke-ApiChat -LiteralPath $path -ErrorVariable failure -ErrorAction SilentlyContinue | Should -HaveCount 2
            }
            finally {
                Pop-Location
            }
            $failure | Should -HaveCount 2
            $failure[0].ErrorDetails.Message | Should -BeLike 'bad.jsonl(2): *(invalid_value)*'
            $failure[0].TargetObject.LineNumber | Should -Be 2
            Assert-Failure $failure[1] invalid_value InvalidArgument '{"custom_id":"x","url":"/v1/embeddings","body":{}}' `
                "bad.jsonl(3): The line asks for '/v1/embeddings', and only chats (/v1/chat/completions) are sent. (invalid_value)" `
                'Check parameter format and range. Run: Get-Help Invoke-ApiChat -Examples'
        }

        It 'says that no file fits a wildcard' {
            Invoke-ApiChat -Path (Join-Path $TestDrive 'none*.jsonl') -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].FullyQualifiedErrorId | Should -BeExactly 'file_not_found,ApiTools.Cmdlets.InvokeApiChatCommand'
        }
    }

    Context 'Whole requests' {
        BeforeEach { Start-TestService }

        It 'sends several, each as it is' {
            $requests = @{ model = 'gpt-4o'; messages = @(@{ role = 'user'; content = 'a' }) }, (Get-Line b), ([pscustomobject]@{ model = 'gpt-4.1'; messages = @(@{ role = 'user'; content = 'c' }) })
            $answers = Invoke-ApiChat -Request $requests -ThrottleLimit 1
            Get-Sent | Should -Be 'a', 'b', 'c'
            $answers[0].Input | Should -Be $requests[0]
            $answers[2].Model | Should -Be 'gpt-4.1'
        }

        It 'sends the body of a Batch API line, such as the target of an error' {
            $answer = Invoke-ApiChat -Request (Get-Line 'x' 'id-1')
            $answer.CustomId | Should -Be 'id-1'
            Get-Sent | Should -Be 'x'
        }

        It 'sends <Name> as it is' -ForEach @(
            @{ Name = 'a nest 20 deep'; Value = { $nest = 'leaf'; foreach ($i in 1..20) { $nest = @{ in = $nest } }; $nest }; Json = ('{"in":' * 20) + '"leaf"' + ('}' * 20) }
            @{ Name = '$null'; Value = { [ordered]@{ a = $null; b = @($null) } }; Json = '{"a":null,"b":[null]}' }
            @{ Name = 'a date'; Value = { [datetime]::new(2026, 1, 2, 3, 4, 5, [DateTimeKind]::Utc) }; Json = '"2026-01-02T03:04:05.0000000Z"' }
            @{ Name = 'an enum'; Value = { [DayOfWeek]::Friday }; Json = '"Friday"' }
            @{ Name = 'a wrapped value'; Value = { [psobject]::AsPSObject(5) }; Json = '5' }
            @{ Name = 'a big number'; Value = { [bigint]::Pow(10, 30) }; Json = '1000000000000000000000000000000' }
            @{ Name = 'a decimal'; Value = { 0.10d }; Json = '0.10' }
        ) {
            Invoke-ApiChat 'x' -Property @{ metadata2 = & $Value } | Should -Not -BeNullOrEmpty
            (Get-ApiSimulatorRequest).Body | Should -BeLike "*`"metadata2`":$([WildcardPattern]::Escape($Json)),*"
        }
    }

    Context '-Property' {
        BeforeEach { Start-TestService }

        It 'adds members to the request, or replaces those of a whole one' {
            Invoke-ApiChat -Request '{"model":"gpt-4o","top_k":1,"messages":[{"role":"user","content":"a"}]}' -Property @{ top_k = 5 } | Should -Not -BeNullOrEmpty
            (Get-ApiSimulatorRequest).Body | Should -BeExactly '{"top_k":5,"model":"gpt-4o","messages":[{"role":"user","content":"a"}]}'
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'what another parameter says'; Property = @{ temperature = 1 }; Also = @{ Temperature = 0 }; Message = "-Property has 'temperature', which -Temperature says too. Give one of them. (invalid_value)" }
            @{ Name = 'the messages'; Property = @{ messages = @() }; Also = @{}; Message = "-Property has 'messages', which is not set here: a prompt, -System and -Message say it. (invalid_value)" }
            @{ Name = 'streaming'; Property = @{ stream = $true }; Also = @{}; Message = "-Property has 'stream', which is not set here: -Stream and -AsChunk say it. (invalid_value)" }
        ) {
            { Invoke-ApiChat 'x' -Property $Property @Also } | Should -Throw -PassThru | ForEach-Object {
                Assert-Failure $_ invalid_value InvalidArgument $null $Message 'Check parameter format and range. Run: Get-Help Invoke-ApiChat -Parameter Property'
            }
            Get-ApiSimulatorRequest | Should -BeNullOrEmpty
        }

        It 'checks it as Test-ApiRequest does' {
            Invoke-ApiChat 'x' -Property @{ n = 0 } -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception.Param | Should -Be 'n'
        }
    }

    Context 'Many at once' {
        It 'writes answers in the order of the inputs, however they come' {
            Start-TestService @{ Kind = 'Slow'; DelayMs = 20; Prompt = '1'; Times = -1 }
            1..40 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 8 | ForEach-Object Input | Should -Be (1..40)
        }

        It 'sends on while an early answer is slow' {
            Start-TestService @{ Kind = 'Stall'; Prompt = '1'; Times = 1 }
            $answers = 1..20 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 3 -TimeoutSec 3 -MaximumRetryCount 0 -ErrorVariable failure -ErrorAction SilentlyContinue
            $answers.Input | Should -Be (2..20)
            $failure[0].TargetObject | Should -Be '1'
            # The others were sent while the first was waited for: the time-out of one is all that it took.
            $failure[0].Exception.Code | Should -Be 'timeout'
            (Get-ApiSimulatorRequest).Count | Should -Be 20
        }

        It 'writes answers as they come with -Unordered' {
            Start-TestService @{ Kind = 'Stall'; Prompt = '1'; Times = 1 }
            $answers = 1..20 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 3 -Unordered | Select-Object -First 19
            $answers.Input | Sort-Object { [int] $_ } | Should -Be (2..20)
        }

        It 'sends one after the other with -ThrottleLimit 1' {
            Start-TestService @{ Code = 'internal_error'; Prompt = '2'; Times = 1 }
            1..4 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 1 -RetryIntervalSec 0.01 | Out-Null
            Get-Sent | Should -Be '1', '2', '2', '3', '4'
        }

        It 'sends no faster than a slow consumer reads' {
            Start-TestService
            $ahead = 1..600 | ForEach-Object { "$_" } | Invoke-ApiChat -ThrottleLimit 2 | ForEach-Object {
                $script:read++
                (Get-ApiSimulatorRequest).Count - $script:read
            } | Measure-Object -Maximum
            $ahead.Maximum | Should -BeLessOrEqual 34
        }

        It 'shows a person how far it is, and of a file how much is left' {
            Start-TestService -Option @{ LatencyMs = 40 }
            $files = foreach ($number in 1..2) { Write-RequestFile "progress$number.jsonl" (1..12 | ForEach-Object { Get-Line "f$number $_" }) }
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("Import-Module '$((Get-Module ApiTools).Path)'; Invoke-ApiChat -LiteralPath '$($files -join "','")' -ThrottleLimit 1")
                $shell.Invoke() | Should -HaveCount 24
                $records = @($shell.Streams.Progress | Where-Object Activity -EQ 'Sending chats')
                $shown = @($records | Where-Object RecordType -EQ Processing)
                $shown.Count | Should -BeGreaterThan 2
                $shown[-1].StatusDescription | Should -Match '^\d+ done, [\d.]+ a second, [\d,]+ tokens$'
                # The first file is half of it, however little it holds.
                $shown[0].PercentComplete | Should -BeLessThan 60
                $shown[-1].PercentComplete | Should -BeGreaterThan 60
                $records[-1].RecordType | Should -Be Completed
            }
            finally {
                $shell.Dispose()
            }
        }

        It 'ends a job whose parameter is wrong at its second input, since every one would fail' {
            Start-TestService
            $failures = $(try { 1..100 | ForEach-Object { "$_" } | Invoke-ApiChat -Temperature 3 -ErrorVariable failure -ErrorAction SilentlyContinue } catch { $_ })
            $failures | Should -HaveCount 1
            $failures.FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failures.TargetObject | Should -Be '2'
            $failure[0].TargetObject | Should -Be '1'
        }
    }

    Context '-WhatIf and -Confirm' {
        It 'shows and checks each request, and sends and writes nothing' {
            Start-TestService
            $journal = Join-Path $TestDrive 'whatif.jsonl'
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("Import-Module '$((Get-Module ApiTools).Path)'; 'a', 'b' | Invoke-ApiChat -Journal '$journal' -WhatIf; Invoke-ApiChat 'c' -Temperature 5 -WhatIf")
                $shell.Invoke() | Should -BeNullOrEmpty
                $shell.Streams.Error.FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
            }
            finally {
                $shell.Dispose()
            }
            Test-Path -LiteralPath $journal | Should -BeFalse
            Get-ApiSimulatorRequest | Should -BeNullOrEmpty
        }

        It 'minds $WhatIfPreference' {
            Start-TestService
            $WhatIfPreference = $true
            Invoke-ApiChat 'a' | Should -BeNullOrEmpty
            $WhatIfPreference = $false
            Get-ApiSimulatorRequest | Should -BeNullOrEmpty
            Invoke-ApiChat 'a' -Confirm:$false | Should -HaveCount 1
        }
    }

    Context 'Completion' {
        It 'completes <Line>' -ForEach @(
            @{ Line = 'Invoke-ApiChat -ReasoningEffort l'; Expected = 'low' }
            @{ Line = 'Invoke-ApiChat -Temperature '; Expected = '0', '2' }
            @{ Line = 'Invoke-ApiChat -Property log'; Expected = '@{ logprobs = $true }', '@{ logit_bias = @{} }' }
            @{ Line = 'Invoke-ApiChat -Property verb'; Expected = "@{ verbosity = 'low' }" }
        ) {
            (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Be $Expected
        }
    }
}
