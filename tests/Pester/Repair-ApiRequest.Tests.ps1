BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
    $ErrorView = 'ConciseView'
    $valid = '{"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello"}]}'
    $wrong = $valid -replace '"user"', '"usr"'
    $undecided = $valid -replace '^\{', '{"temperature": 3, '

    # Windows PowerShell's Set-Content writes the line end of the system, and Get-Content -Raw reads it.
    function New-File([string] $Name, [string] $Text) {
        $path = Join-Path $TestDrive $Name
        [IO.File]::WriteAllText($path, $Text)
        $path
    }
}

Describe 'Repair-ApiRequest' {
    It 'takes <Kind>' -TestCases @(
        @{ Kind = 'JSON text'; Value = { $wrong } }
        @{ Kind = 'a hashtable'; Value = { @{ model = 'gpt-4o'; messages = @(@{ role = 'usr'; content = 'Hello' }) } } }
        @{ Kind = 'what ConvertFrom-Json gives'; Value = { ConvertFrom-Json $wrong } }
        @{ Kind = 'a file'; Value = { Get-Item (New-File 'one.json' $wrong) } }
        @{ Kind = 'an error of the module'; Value = { $null = Test-ApiRequest $wrong -ErrorAction SilentlyContinue -ErrorVariable refused; $refused[0] } }
        @{ Kind = 'what it gave before'; Value = { $wrong | Repair-ApiRequest -Exclude invalid_value -ErrorAction Ignore } }
    ) {
        $repaired = & $Value | Repair-ApiRequest
        $repaired | Should -BeOfType ([ApiTools.RepairedRequest])
        ($repaired.Request | ConvertFrom-Json).messages[0].role | Should -BeExactly 'user'
        $repaired.IsValid | Should -BeTrue
        $repaired.Changes.Count | Should -Be 1
        "$repaired" | Should -BeExactly $repaired.Request
        ($repaired | Test-ApiRequest).IsValid | Should -BeTrue
    }

    It 'takes bytes as one request' {
        (, [Text.Encoding]::UTF8.GetBytes($wrong) | Repair-ApiRequest).Request | Should -BeExactly $valid
        ([Text.Encoding]::UTF8.GetBytes($wrong) | Repair-ApiRequest).Request | Should -BeExactly $valid
    }

    It 'repairs lines of a batch in place, each in its form' {
        $frame = '{{"custom_id":"{0}","method":"{1}","url":"/v1/chat/completions","body":{2}}}'
        $path = New-File 'batch.jsonl' ((($frame -f 'a', 'post', $wrong), $wrong, ($frame -f 'b', 'POST', $valid)) -join "`r`n")
        Repair-ApiRequest -LiteralPath $path -InPlace
        [IO.File]::ReadAllText($path) | Should -BeExactly ((($frame -f 'a', 'POST', $valid), $valid, ($frame -f 'b', 'POST', $valid)) -join "`r`n")
    }

    It 'repairs a saved HTTP request in place, with its length' {
        $head = "POST /v1/chat/completions HTTP/1.1`r`nHost: example.com`r`nContent-Length: {0}`r`n`r`n{1}"
        $path = New-File 'saved.http' ($head -f $wrong.Length, $wrong)
        Repair-ApiRequest -LiteralPath $path -InPlace
        [IO.File]::ReadAllText($path) | Should -BeExactly ($head -f $valid.Length, $valid)
    }

    It 'gives Invoke-ApiChat the request of a line of a batch, and of a saved one' {
        Start-TestService
        try {
            $line = '{"custom_id":"a7","method":"POST","url":"/v1/chat/completions","body":' + $wrong + '}' | Repair-ApiRequest | Invoke-ApiChat
            $line.CustomId | Should -BeExactly 'a7'
            $saved = "POST /v1/chat/completions HTTP/1.1`n`n$wrong" | Repair-ApiRequest | Invoke-ApiChat
            $saved.Content | Should -BeLike 'You asked: "Hello"*'
        }
        finally {
            Stop-ApiSimulator
            Disconnect-ApiService
        }
    }

    It 'says what it changed, and shows it in the view' {
        $repaired = $wrong | Repair-ApiRequest
        $change = $repaired.Changes[0]
        $change.Code, $change.Param, $change.Before, $change.After, $change.Line, $change.Column |
            Should -Be 'invalid_value', 'messages[0].role', '"usr"', '"user"', 1, 43
        $view = ($repaired | Out-String).Trim() -replace "`r"
        $view | Should -BeExactly "valid, 1 change, 0 left`n  (1,43): messages[0].role: `"usr`" becomes `"user`""
    }

    It 'writes what a person must decide as Test-ApiRequest does, and the request all the same' {
        $repaired = $undecided | Repair-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        Assert-Failure $failed[0] invalid_value InvalidArgument $undecided '(1,17): temperature is 3; it has to be between 0 and 2. (invalid_value)' `
            'Check parameter format and range. Run: $Error[0] | Repair-ApiRequest -Include temperature' RepairApiRequestCommand
        $failed[0].Exception.Report.Findings.Count | Should -Be 1
        $repaired.IsValid | Should -BeFalse
        $repaired.Findings[0].Param | Should -BeExactly 'temperature'
        $repaired.Request | Should -BeExactly $undecided
    }

    It 'applies a fix that is a choice where -Include names its <What>' -TestCases @(
        @{ What = 'code'; Pattern = 'invalid_value' }
        @{ What = 'place'; Pattern = 'temperature' }
        @{ What = 'place with a wildcard'; Pattern = 'temp*' }
    ) {
        ($undecided | Repair-ApiRequest -Include $Pattern).Request | Should -BeExactly ($undecided -replace '3', '2')
    }

    It 'leaves out what -Exclude names, its brackets taken as brackets' {
        ($wrong | Repair-ApiRequest -Exclude 'messages[0].*' -ErrorAction Ignore).Request | Should -BeExactly $wrong
        ($wrong | Repair-ApiRequest -Exclude 'messages[1].*').Request | Should -BeExactly $valid
    }

    It 'leaves a file as it is without -InPlace' {
        $path = New-File 'kept.json' $wrong
        (Repair-ApiRequest -Path $path).Source | Should -BeExactly $path
        [IO.File]::ReadAllText($path) | Should -BeExactly $wrong
    }

    It 'repairs a file in place, and keeps what was there under a number of its own' {
        $path = New-File 'chat.json' $wrong
        Repair-ApiRequest -LiteralPath $path -InPlace | Should -BeNullOrEmpty
        [IO.File]::ReadAllText($path) | Should -BeExactly $valid
        [IO.File]::ReadAllText("$path.bak") | Should -BeExactly $wrong
        $null = New-File 'chat.json' "$wrong "
        (Get-Item $path | Repair-ApiRequest -InPlace -PassThru).Request | Should -BeExactly "$valid "
        [IO.File]::ReadAllText("$path.bak2") | Should -BeExactly "$wrong "
        Get-ChildItem "$TestDrive/chat.json*" | Select-Object -ExpandProperty Name | Should -Be 'chat.json', 'chat.json.bak', 'chat.json.bak2'
    }

    It 'does not touch a file that needs nothing' {
        $path = New-File 'right.json' $valid
        $before = (Get-Item $path).LastWriteTimeUtc
        Repair-ApiRequest -Path $path -InPlace
        (Get-Item $path).LastWriteTimeUtc | Should -Be $before
        Test-Path "$path.bak" | Should -BeFalse
    }

    It 'changes nothing with -WhatIf' {
        $path = New-File 'asked.json' $wrong
        Repair-ApiRequest -Path $path -InPlace -WhatIf
        [IO.File]::ReadAllText($path) | Should -BeExactly $wrong
        Get-ChildItem "$TestDrive/asked.json*" | Should -HaveCount 1
    }

    It 'repairs each line of a .jsonl file, and keeps line ends and blank lines' {
        $path = New-File 'many.jsonl' "$wrong`r`n`n$valid`n$undecided"
        Repair-ApiRequest -Path $path -InPlace -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        [IO.File]::ReadAllText($path) | Should -BeExactly "$valid`r`n`n$valid`n$undecided"
        $failed.Count | Should -Be 1
        $failed[0].TargetObject | Should -BeExactly "${path}:4"
        (Repair-ApiRequest -Path $path -ErrorAction Ignore).Source | Should -Be "${path}:1", "${path}:3", "${path}:4"
    }

    It 'says so where a file cannot be replaced, and leaves it as it is' {
        $path = New-File 'locked.json' $wrong
        Set-ItemProperty $path IsReadOnly $true
        Repair-ApiRequest -Path $path -InPlace -ErrorAction SilentlyContinue -ErrorVariable failed
        Set-ItemProperty $path IsReadOnly $false
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'file_unwritable,ApiTools.Cmdlets.RepairApiRequestCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'WriteError'
        $failed[0].TargetObject | Should -BeExactly $path
        $failed[0].Exception | Should -BeOfType ([ApiTools.ApiFileException])
        [IO.File]::ReadAllText($path) | Should -BeExactly $wrong
    }

    It 'leaves out the oldest turns with -FitContext, and says so where that is not enough' {
        $messages = @(
            @{ role = 'system'; content = 'Be brief.' }
            @{ role = 'user'; content = 'old ' * 9000 }
            @{ role = 'assistant'; content = 'Yes.' }
            @{ role = 'user'; content = 'Hello' }
        )
        $request = @{ model = 'gpt-4'; messages = $messages }
        $fitted = $request | Repair-ApiRequest -FitContext DropOldest -WarningVariable warned -ErrorVariable failed
        ($fitted.Request | ConvertFrom-Json).messages.content | Should -Be 'Be brief.', 'Hello'
        $warned.Count + $failed.Count | Should -Be 0
        $request.messages = @($request.messages[1])
        $kept = $request | Repair-ApiRequest -FitContext DropOldest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'context_length_exceeded,ApiTools.Cmdlets.RepairApiRequestCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $kept.IsValid | Should -BeFalse
        $kept.Changes.Count | Should -Be 0
    }

    It 'makes of an error a request that Invoke-ApiChat sends' {
        Start-TestService
        try {
            Invoke-ApiChat -Request @{ model = 'gpt-4o'; messages = @(@{ role = 'usr'; content = 'Hello there' }) } -ErrorAction SilentlyContinue -ErrorVariable refused
            $answer = $refused[0] | Repair-ApiRequest | Invoke-ApiChat
            $answer | Should -BeOfType ([ApiTools.ChatCompletion])
            Get-Sent | Should -BeExactly 'Hello there'
            (Invoke-ApiChat -Request ($wrong | Repair-ApiRequest)).Content | Should -Not -BeNullOrEmpty
            # Through a call of .NET it comes in an exception of PowerShell's own.
            try { { $wrong | Test-ApiRequest -ErrorAction Stop }.Invoke() } catch { $through = $_ }
            ($through | Repair-ApiRequest).Changes.Count | Should -Be ($wrong | Repair-ApiRequest).Changes.Count
        }
        finally {
            Disconnect-ApiService -ErrorAction Ignore
            Stop-ApiSimulator
        }
    }

    It 'refuses to write text back in place' {
        $wrong | Repair-ApiRequest -InPlace -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.RepairApiRequestCommand'
        $failed[0].Exception.Message | Should -BeExactly 'This is no file, so nothing can be written back in place: give the file itself, by -Path or by Get-Item.'
        $failed[0].TargetObject | Should -BeExactly $wrong
    }

    It 'shows in another process what it was' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(($wrong | Repair-ApiRequest)))
        ($copy | Out-String).Trim() -split '\r?\n' | Should -BeExactly 'valid, 1 change, 0 left', '  (1,43): messages[0].role: "usr" becomes "user"'
    }

    It 'ends at once at Ctrl+C, however large the text' {
        $script = {
            param($module)
            Import-Module $module
            $text = '{"model":"gpt-4o","messages":[' + ('{"role":"assitant","content":"hello world"},' * 400000) + '{"role":"user","content":"x"}]}'
            'begun'
            $text | Repair-ApiRequest -ErrorAction Ignore
        }
        $shell = [powershell]::Create()
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        try {
            [void] $shell.AddScript($script).AddArgument((Get-Module ApiTools).Path)
            $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
            while ($output.Count -eq 0 -and -not $running.IsCompleted) { [Threading.Thread]::Sleep(5) }
            # The repair takes seconds: it is under way then.
            [Threading.Thread]::Sleep(300)
            $running.IsCompleted | Should -BeFalse
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalMilliseconds | Should -BeLessThan 1000
            $output.Count | Should -Be 1
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'refuses null and an error without a request' {
        Repair-ApiRequest $null -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'missing_required_field,ApiTools.Cmdlets.RepairApiRequestCommand'
        [Exception]::new('other') | Repair-ApiRequest -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.RepairApiRequestCommand'
    }
}
