BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    function Send-Job([string[]] $Text = (1..10 | ForEach-Object { "p$_" }), [hashtable] $Option = @{}) {
        $Text | Invoke-ApiChat -Journal $journal @Option
    }
}

Describe 'Invoke-ApiChat -Journal' {
    BeforeEach {
        $script:journal = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
    }

    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
        Disconnect-ApiService -ErrorAction Ignore
    }

    Context 'A job that is run again' {
        It 'answers from the journal what was finished, and sends nothing' {
            Start-TestService
            $first = Send-Job
            $again = Send-Job
            $first.FromJournal | Should -Not -Contain $true
            $again.FromJournal | Should -Not -Contain $false
            $again.Input | Should -Be $first.Input
            foreach ($name in 'Content', 'Id', 'Model', 'FinishReason', 'RequestId', 'Duration', 'Attempts', 'CustomId') {
                $again.$name | Should -Be $first.$name -Because $name
            }
            $again.Usage.TotalTokens | Should -Be $first.Usage.TotalTokens
            (Get-ApiSimulatorRequest).Count | Should -Be 10
        }

        It 'records each answer before it writes it' {
            Start-TestService
            $missing = Send-Job | ForEach-Object {
                if (-not (Select-String -LiteralPath $journal -SimpleMatch $_.Id -Quiet)) { $_ }
            }
            $missing | Should -BeNullOrEmpty
        }

        It 'goes on where a spent quota ended it' {
            Start-TestService @{ Code = 'insufficient_quota'; After = 4; Times = 1 }
            $first = try { Send-Job -Option @{ ThrottleLimit = 1 } -ErrorAction Stop } catch { $failure = $_ }
            $failure.FullyQualifiedErrorId | Should -BeExactly 'insufficient_quota,ApiTools.Cmdlets.InvokeApiChatCommand'
            $again = Send-Job
            $again.Input | Should -Be (1..10 | ForEach-Object { "p$_" })
            @($again | Where-Object FromJournal).Count | Should -Be 4
            (Get-ApiSimulatorRequest).Count | Should -Be 11
            $null = $first
        }

        It 'sends again what may succeed now, and not what the service will refuse again' {
            Start-TestService @{ Code = 'invalid_value'; Prompt = 'p3'; Times = 1 }, @{ Code = 'internal_error'; Prompt = 'p5'; Times = 1 }
            $null = Send-Job -Option @{ MaximumRetryCount = 0; ErrorAction = 'SilentlyContinue' }
            $again = 1..10 | ForEach-Object { "p$_" } | Invoke-ApiChat -Journal $journal -ErrorVariable failure -ErrorAction SilentlyContinue
            ($again | Where-Object { -not $_.FromJournal }).Input | Should -Be 'p5'
            $failure | Should -HaveCount 1
            $failure[0].TargetObject | Should -Be 'p3'
            $failure[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure[0].Exception | Should -BeOfType ([ApiTools.ApiRequestException])
            $failure[0].Exception.Status | Should -Be 400
            $failure[0].Exception.FromJournal | Should -BeTrue
            $failure[0].ErrorDetails.Message | Should -BeLike '*(400 invalid_value, request req_sim_*, from the journal)*'
            (Get-ApiSimulatorRequest).Count | Should -Be 11
        }

        It 'keeps the request in an error from the journal, so that the command that it names works' {
            Start-TestService @{ Code = 'invalid_value'; Prompt = 'p3'; Times = 1 }
            $null = Send-Job 'p3' -Option @{ ErrorAction = 'SilentlyContinue' }
            'p3' | Invoke-ApiChat -Journal $journal -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].Exception.Request | Should -BeExactly '{"model":"gpt-4o","messages":[{"role":"user","content":"p3"}]}'
            (Invoke-ApiChat -Request $failure[0].Exception.Request).FinishReason | Should -Be 'stop'
            (Get-ApiSimulatorRequest).Count | Should -Be 2
        }

        It 'keeps equal inputs apart, and sends only what was put in between' {
            Start-TestService
            $null = Send-Job 'same', 'same', 'other'
            $again = Send-Job 'new', 'same', 'other', 'same', 'same'
            $again.FromJournal | Should -Be $false, $true, $true, $true, $false
            (Get-ApiSimulatorRequest).Count | Should -Be 5
        }

        It 'answers whole requests whose hashtables come in another order, streamed or not' {
            Start-TestService
            $null = Invoke-ApiChat -Journal $journal -Request ([ordered]@{ model = 'gpt-4o'; messages = @([ordered]@{ role = 'user'; content = 'x' }) })
            $again = Invoke-ApiChat -Journal $journal -Stream -Request ([ordered]@{ messages = @([ordered]@{ content = 'x'; role = 'user' }); model = 'gpt-4o' })
            $again.FromJournal | Should -BeTrue
            $chunks = Invoke-ApiChat -Journal $journal -AsChunk -Request '{"messages":[{"content":"x","role":"user"}],"model":"gpt-4o"}'
            $chunks | Should -BeOfType ([ApiTools.ChatCompletionChunk])
            $chunks.Content | Should -Be $again.Content
        }

        It 'says that a changed parameter makes a new job, and sends its inputs' {
            Start-TestService
            $null = Send-Job 'a', 'b'
            $changed = 'a', 'b' | Invoke-ApiChat -Journal $journal -Temperature 1 -WarningVariable warning -WarningAction SilentlyContinue
            $changed.FromJournal | Should -Not -Contain $true
            $warning | Should -Be "'$journal' is the journal of another job (temperature from none to 1), and this is a new one: its inputs are sent, but for those that an earlier job asked in the same way."
            (Send-Job 'a', 'b' -Option @{ WarningAction = 'SilentlyContinue' }).FromJournal | Should -Not -Contain $false
        }

        It 'takes what a parameter does not change for the same job' {
            Start-TestService
            $null = Send-Job 'a'
            $again = 'a' | Invoke-ApiChat -Journal $journal -ThrottleLimit 1 -MaximumRetryCount 7 -FallbackModel gpt-4.1 -Unordered -WarningVariable warning
            $again.FromJournal | Should -BeTrue
            $warning | Should -BeNullOrEmpty
        }
    }

    It 'takes its own journal for no file of requests' {
        Start-TestService
        $folder = New-Item (Join-Path $TestDrive 'own') -ItemType Directory
        Set-Content (Join-Path $folder 'a.jsonl') '{"model":"gpt-4o","messages":[{"role":"user","content":"x"}]}'
        $own = Join-Path $folder 'journal.jsonl'
        foreach ($run in 1..2) {
            Invoke-ApiChat -Path (Join-Path $folder '*.jsonl') -Journal $own -WarningVariable warning -WarningAction SilentlyContinue | Should -HaveCount 1
            $warning | Should -BeLike "'*journal.jsonl' is this command's own journal, and no file of requests: it is left out."
        }
    }

    Context '-KeyProperty' {
        BeforeEach { Start-TestService }

        It 'tells inputs apart by a property, also where their content has changed' {
            $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Id = "k$_"; Text = "text $_" } }
            $first = $rows | Invoke-ApiChat 'Read {Text}' -Journal $journal -KeyProperty Id
            $first.CustomId | Should -Be 'k1', 'k2', 'k3'
            $rows[1].Text = 'changed'
            $again = $rows | Invoke-ApiChat 'Read {Text}' -Journal $journal -KeyProperty Id -WarningVariable warning -WarningAction SilentlyContinue
            $again.FromJournal | Should -Not -Contain $false
            $again[1].Content | Should -Be $first[1].Content
            $warning | Should -HaveCount 1
            $warning | Should -BeLike "The input with the key 'k2' is another than the one that was answered under it*"
        }

        It 'ends a job whose inputs do not have it at the second' {
            $failure = $(try { 1..9 | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Invoke-ApiChat 'x {Id}' -Journal $journal -KeyProperty Idd -ErrorAction SilentlyContinue } catch { $_ })
            $failure.FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
            $failure.TargetObject.Id | Should -Be 2
            Get-ApiSimulatorRequest | Should -BeNullOrEmpty
        }

        It 'reads it from the lines of a file' {
            $path = Join-Path $TestDrive 'keys.jsonl'
            Set-Content -LiteralPath $path -Value '{"row":7,"model":"gpt-4o","messages":[{"role":"user","content":"x"}]}'
            (Invoke-ApiChat -LiteralPath $path -Journal $journal -KeyProperty row -SkipRequestValidation).CustomId | Should -Be '7'
        }

        It 'takes null in JSON for no key' {
            '{"Id":null}', '{"Id":0}' | Invoke-ApiChat 'Read {_}' -Journal $journal -KeyProperty Id -ErrorVariable failure -ErrorAction SilentlyContinue | ForEach-Object CustomId | Should -BeExactly '0'
            Assert-Failure $failure[0] invalid_value InvalidArgument '{"Id":null}' `
                "The input has no 'Id', or nothing in it, and -KeyProperty says that it tells the inputs apart. (invalid_value)" `
                'Check parameter format and range. Run: Get-Help Invoke-ApiChat -Parameter KeyProperty'
        }

        It 'tells dates apart that differ by a moment' {
            $rows = 1..2 | ForEach-Object { [pscustomobject]@{ At = [datetime]::new(2026, 1, 1).AddMilliseconds($_) } }
            ($rows | Invoke-ApiChat 'Read {_}' -Journal $journal -KeyProperty At).CustomId | Should -Be '2026-01-01T00:00:00.0010000', '2026-01-01T00:00:00.0020000'
        }

        It 'refuses a list whose keys are no text, and goes on' {
            $numbers = [Collections.SortedList]::new()
            1..2 | ForEach-Object { $numbers[$_] = 'x' }
            $numbers, @{ Id = 1 } | Invoke-ApiChat 'x {_}' -Journal $journal -KeyProperty Id -ErrorVariable failure -ErrorAction SilentlyContinue | Should -HaveCount 1
            $failure[0].ErrorDetails.Message | Should -BeLike "The input has no 'Id', or nothing in it*"
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a key that is there twice'; Rows = @(@{ Id = 1 }, @{ Id = 1 }); Message = "Two inputs have the key '1': the property that -KeyProperty names has to tell them apart. (invalid_value)" }
            @{ Name = 'a list for a key'; Rows = @(@{ Id = 1 }, @{ Id = 1, 2 }); Message = "The input's 'Id' is no single text, number or date, and -KeyProperty says that it tells the inputs apart. (invalid_value)" }
            @{ Name = 'an input without it'; Rows = @(@{ Id = 1 }, @{ Other = 1 }); Message = "The input has no 'Id', or nothing in it, and -KeyProperty says that it tells the inputs apart. (invalid_value)" }
        ) {
            $inputs = $Rows | ForEach-Object { [pscustomobject] $_ }
            $inputs | Invoke-ApiChat 'x {_}' -Journal $journal -KeyProperty Id -ErrorVariable failure -ErrorAction SilentlyContinue | Should -HaveCount 1
            Assert-Failure $failure[0] invalid_value InvalidArgument $inputs[1] $Message 'Check parameter format and range. Run: Get-Help Invoke-ApiChat -Parameter KeyProperty'
        }
    }

    Context 'A journal that is not whole' {
        BeforeEach {
            Start-TestService
            $null = Send-Job 'a', 'b', 'c' -Option @{ ThrottleLimit = 1 }
        }

        It 'heals a torn last line, and says so' {
            $bytes = [IO.File]::ReadAllBytes($journal)
            [IO.File]::WriteAllBytes($journal, $bytes[0..($bytes.Count - 21)])
            $again = 'a', 'b', 'c' | Invoke-ApiChat -Journal $journal -WarningVariable warning -WarningAction SilentlyContinue
            $again.FromJournal | Should -Be $true, $true, $false
            $warning | Should -BeLike "The last line of '$journal' was torn (* bytes) and is taken out: its input is sent again."
            (Get-ApiJournal $journal).Count | Should -Be 3
        }

        It 'refuses a damaged line in the middle, and touches nothing' {
            $lines = Get-Content -LiteralPath $journal
            $lines[2] = $lines[2].Substring(0, 40)
            Set-Content -LiteralPath $journal -Value $lines
            $before = [IO.File]::ReadAllText($journal)
            { Send-Job } | Should -Throw -ErrorId 'journal_damaged,ApiTools.Cmdlets.InvokeApiChatCommand' -PassThru |
                ForEach-Object { $_.ErrorDetails.Message | Should -BeLike "Line 3 of the journal '*' is damaged: *" }
            [IO.File]::ReadAllText($journal) | Should -BeExactly $before
            (Get-ApiSimulatorRequest).Count | Should -Be 3
        }

        It 'refuses a file that is no journal, and touches nothing' {
            Set-Content -LiteralPath $journal -Value 'my precious notes'
            { Send-Job } | Should -Throw -ErrorId 'not_a_journal,ApiTools.Cmdlets.InvokeApiChatCommand'
            Get-Content -LiteralPath $journal | Should -BeExactly 'my precious notes'
        }
    }

    Context 'While it runs' {
        It 'is refused to a second command, and can be read' {
            Start-TestService
            $seen = Send-Job 'a', 'b', 'c' -Option @{ ThrottleLimit = 1 } | ForEach-Object {
                $refused = try { 'x' | Invoke-ApiChat -Journal $journal } catch { $_ }
                [pscustomobject]@{ Id = $refused.FullyQualifiedErrorId; Entries = @(Get-ApiJournal $journal).Count }
            }
            $seen[0].Id | Should -BeExactly 'journal_in_use,ApiTools.Cmdlets.InvokeApiChatCommand'
            $seen[0].Entries | Should -BeGreaterOrEqual 1
            (Send-Job 'a').FromJournal | Should -BeTrue
            Test-Path "$journal.lock" | Should -BeFalse
        }

        It 'is refused to a second process, which is told the first' {
            Start-TestService
            $said = Send-Job 'a', 'b' -Option @{ ThrottleLimit = 1 } | Select-Object -First 1 -Wait | ForEach-Object {
                $program, $arguments = $(if ([IO.Path]::GetFileNameWithoutExtension([Environment]::ProcessPath) -eq 'dotnet') { [Environment]::ProcessPath, [Environment]::GetCommandLineArgs()[0] } else { , [Environment]::ProcessPath })
                $script = "Import-Module '$((Get-Module ApiTools).Path)'; Connect-ApiService -BaseUri http://127.0.0.1:9/v1 -Model m; try { 'x' | Invoke-ApiChat -Journal '$journal' } catch { `$_.ErrorDetails.Message }"
                & $program $arguments -NoProfile -NonInteractive -Command $script
            }
            $said | Should -BeLike "The journal '$journal' is in use: process $PID (*) writes to it. (journal_in_use)"
        } -Skip:($PSVersionTable.PSEdition -eq 'Desktop')

        It 'has everything that was finished where <Name> ended it' -ForEach @(
            @{ Name = 'Select-Object -First'; Script = { Send-Job | Select-Object -First 3 } }
            @{ Name = 'a break'; Script = { foreach ($once in 1) { Send-Job | ForEach-Object { $_; if (++$count -eq 3) { break } } } } }
            @{ Name = 'an exception further down'; Script = { try { Send-Job | ForEach-Object { $_; if (++$count -eq 3) { throw 'enough' } } } catch { $null = $_ } } }
        ) {
            Start-TestService
            $count = 0
            $written = @(& $Script)
            $written | Should -HaveCount 3
            (Send-Job)[0..2].FromJournal | Should -Not -Contain $false
        }

        It 'has everything that was finished before Ctrl+C' {
            Start-TestService @{ Kind = 'Stall'; Prompt = 'p6'; Times = 1 }
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("Import-Module '$((Get-Module ApiTools).Path)'; 1..10 | ForEach-Object { `"p`$_`" } | Invoke-ApiChat -Journal '$journal' -ThrottleLimit 1")
                $output = [Management.Automation.PSDataCollection[psobject]]::new()
                $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
                $deadline = [Diagnostics.Stopwatch]::StartNew()
                while ((Get-ApiSimulatorRequest).Count -lt 6 -and $deadline.Elapsed.TotalSeconds -lt 20) { [Threading.Thread]::Sleep(5) }
                $running.IsCompleted | Should -BeFalse
                $shell.Stop()
            }
            finally {
                $shell.Dispose()
            }
            $again = Send-Job
            $again.FromJournal[0..4] | Should -Not -Contain $false
            $again.FromJournal[5..9] | Should -Not -Contain $true
        }
    }

    Context 'A job that is killed' {
        It 'answers 5,000 inputs once each though kill -9 ended it five times, and pays twice only for what was under way' {
            $throttle = 8
            $answers = Join-Path $TestDrive 'answers.txt'
            $simulator = Start-ApiSimulator -CountPrompts -PassThru
            $program = @(if ($PSVersionTable.PSEdition -eq 'Desktop') { Join-Path $PSHOME 'powershell.exe' } else { [Environment]::ProcessPath })
            if ([IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') { $program += [Environment]::GetCommandLineArgs()[0] }
            $script = @"
`$ProgressPreference = 'SilentlyContinue'
Import-Module '$((Get-Module ApiTools).Path)'
Connect-ApiService -BaseUri '$($simulator.BaseUri)' -ApiKey '$($simulator.ApiKey)' -Model gpt-4o
1..5000 | ForEach-Object { "Item `$_" } | Invoke-ApiChat -Journal '$journal' -ThrottleLimit $throttle -WarningAction SilentlyContinue |
    ForEach-Object { "`$(`$_.Input) `$(`$_.Id)" } | Set-Content -LiteralPath '$answers'
"@
            $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
            $random = [Random]::new(5)
            $kills = 0
            while ($true) {
                $process = [Diagnostics.Process]::new()
                $process.StartInfo.FileName = $program[0]
                $process.StartInfo.Arguments = (@($program | Select-Object -Skip 1 | ForEach-Object { '"{0}"' -f $_ }) + "-NoProfile -NonInteractive -EncodedCommand $encoded") -join ' '
                $process.StartInfo.UseShellExecute = $false
                $null = $process.Start()
                # So many inputs on, at a moment that nobody chose.
                $stopAt = $simulator.Summary.Answered + $random.Next(200, 1000)
                while ($kills -lt 5 -and -not $process.HasExited -and $simulator.Summary.Answered -lt $stopAt) { [Threading.Thread]::Sleep(1) }
                if ($kills -lt 5 -and -not $process.HasExited) {
                    $process.Kill()
                    $kills++
                    $process.WaitForExit()
                    continue
                }
                $process.WaitForExit()
                break
            }
            $kills | Should -Be 5
            $process.ExitCode | Should -Be 0
            $lines = Get-Content -LiteralPath $answers
            $lines | ForEach-Object { ($_ -split ' ')[1] } | Should -Be (1..5000)
            @($lines | ForEach-Object { ($_ -split ' ')[2] } | Sort-Object -Unique).Count | Should -Be 5000
            $summary = $simulator.Summary
            if ($env:APITOOLS_SHOW_TIMES) { Write-Host "      bought $($summary.Answered) for 5,000: $($summary.RepeatedAnswers) twice, after $kills kills" }
            $summary.Prompts | Should -Be 5000
            # What was under way at a kill; an answer may have been on its way to the disk too.
            $summary.Answered - 5000 | Should -BeLessOrEqual (5 * 2 * $throttle)
            (Get-ApiJournal $journal -Summary).Answered | Should -Be 5000
        }
    }
}
