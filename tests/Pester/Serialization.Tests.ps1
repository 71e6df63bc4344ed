# What becomes of the module's objects outside of it: ConvertTo-Json, Export-Csv, Export-Clixml and jobs; and what of them comes back in.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    # Each public type that a cmdlet says it writes.
    $types = (Get-Command -Module ApiTools -CommandType Cmdlet).OutputType.Type |
        Where-Object { $_ -and $_.Namespace -eq 'ApiTools' } | Sort-Object FullName -Unique | ForEach-Object { @{ Type = $_.Name } }
}

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$root/out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    function global:Get-Weather { param([string] $City) "Rain in $City" }

    $key = 'sk-serialization-0123456789abcdef'
    Push-Location (New-Item "$TestDrive/work" -ItemType Directory)
    $bad = '{"model":"gpt-4o","messages":[{"role":"usr","content":"Hello"}],"temperature":3}'
    $schema = '{"type":"object","properties":{"price":{"type":"number"}},"required":["price"],"additionalProperties":false}'
    $simulator = Start-ApiSimulator -PassThru -Fault @{ Code = 'rate_limit_exceeded'; Times = 1; RetryAfterMs = 10 }, @{ Code = 'rate_limit_exceeded'; Times = 2; RetryAfterMs = 10; Prompt = 'a limit' }, @{ Code = 'rate_limit_exceeded'; Times = 1; RetryAfterMs = 10; Prompt = 'a usage' }
    Connect-ApiService $simulator.BaseUri -ApiKey $simulator.ApiKey -Model gpt-4o -LogPath log.jsonl
    Connect-ApiService $simulator.BaseUri -ApiKey $simulator.ApiKey -Model gpt-4o -Name Serialization
    # One whose key is a word that nothing else has in it.
    Connect-ApiService https://api.example.com/v1 -ApiKey $key -Model gpt-4o -Name Other
    $asked = [pscustomobject]@{ Id = 'T-1'; Body = 'It burns.' }
    $call = 'call Get-Weather {"City":"Oslo"}'

    # The richest instance of each: with every list filled that can be.
    $made = @{
        ChatCompletion      = $asked | Invoke-ApiChat 'Sum: {Body}' -Journal job.jsonl -RetryIntervalSec 1
        ChatCompletionChunk = @(Invoke-ApiChat $call -Tool Get-Weather -AsChunk | Where-Object { $_.ToolCalls.Count })[0]
        ErrorCodeInfo       = Get-ApiErrorCode rate_limit_exceeded
        ModelInfo           = Get-ApiModel gpt-4o
        ApiConnection       = Get-ApiConnection Other
        RequestReport       = Test-ApiRequest $bad -ErrorAction SilentlyContinue
        RepairedRequest     = Repair-ApiRequest $bad -ErrorAction SilentlyContinue
        TokenMeasure        = Measure-ApiTokens -Message @{ role = 'user'; content = 'Hi' } -Model gpt-4o
        MessageTokens       = @(Measure-ApiTokens -Message @{ role = 'user'; content = 'Hi' } -Model gpt-4o -Detail)[0]
        ApiToken            = @(ConvertTo-ApiToken 'Hello' -Model gpt-4o)[0]
    }
    $withTool = Invoke-ApiChat $call -Tool Get-Weather -InvokeTool -Force
    $withCall = Invoke-ApiChat $call -Tool Get-Weather
    $parsed = Invoke-ApiChat 'What does tea cost?' -Schema $schema
    $null = Invoke-ApiChat 'Hello' -SessionVariable session
    $null = Invoke-ApiChat 'Hello' -Temperature 3 -ErrorVariable failed -ErrorAction SilentlyContinue
    $failed = @($failed)[0]
    $null = Invoke-ApiChat 'a usage' -Connection Serialization -RetryIntervalSec 1
    $null = Invoke-ApiChat 'Hello' -Temperature 3 -Connection Serialization -ErrorAction SilentlyContinue
    $made.ApiChatSession = $session
    $made.ResolvedApiError = $failed | Resolve-ApiError
    $made.JournalEntry = @(Get-ApiJournal job.jsonl)[0]
    $made.JournalSummary = Get-ApiJournal job.jsonl -Summary
    $made.ApiLogEntry = @(Get-ApiLog log.jsonl)[0]
    # Of a connection with a name of its own: other tests have used the default one.
    $made.ApiUsage = Get-ApiUsage -Connection Serialization
    $made.SimulatorRequest = @(Get-ApiSimulatorRequest)[0]
    $made.SimulatorSummary = Get-ApiSimulatorRequest -Summary
    $made.ApiSimulator = $simulator

    function Copy-ByClixml($Object) {
        $Object | Export-Clixml "$TestDrive/copy.xml"
        Import-Clixml "$TestDrive/copy.xml"
    }

    # Of another depth than the one that ConvertTo-Json warns of, for .NET's description of the method that threw.
    function Copy-ByJson($Object) { ConvertTo-Json $Object -Depth 3 -WarningAction SilentlyContinue | ConvertFrom-Json }
}

AfterAll {
    Pop-Location
    Get-ApiConnection -ErrorAction Ignore | Disconnect-ApiService
    Stop-ApiSimulator
    Remove-Item function:global:Get-Weather
}

Describe 'A <Type>' -ForEach $types {
    BeforeAll {
        $object = $made[$Type]
    }

    It 'is at hand' {
        $null -eq $object | Should -BeFalse -Because 'each type that a cmdlet writes is looked at here'
        @($object).Count | Should -Be 1
        $object.GetType().Name | Should -Be $Type
    }

    It 'has no property that fails' {
        foreach ($property in $object.PSObject.Properties) { { $null = $property.Value } | Should -Not -Throw -Because $property.Name }
    }

    It 'is small as JSON, at the default depth too, and has every property' {
        foreach ($depth in 2, 5) {
            # An exception has .NET's own description of the method that threw it, at a depth of 5: a resolved error is left to the next test.
            if ($Type -eq 'ResolvedApiError' -and $depth -eq 5) { continue }
            $json = ConvertTo-Json $object -Depth $depth -WarningAction SilentlyContinue
            $json.Length | Should -BeLessThan 12000
            @((ConvertFrom-Json $json).PSObject.Properties.Name) | Should -BeExactly @($object.PSObject.Properties.Name)
        }
    }

    It 'is whole as JSON at a depth of 5' {
        $json = ConvertTo-Json ($object | Select-Object * -ExcludeProperty Exception) -Depth 5 -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty
        $json | Should -Not -Match '"(System|ApiTools)\.(?!Api\w+Exception")'
    }

    It 'has no name of a class in a CSV, but for lists of objects' {
        $expected = switch ($Type) {
            'ApiChatSession' { 'Messages' }
            'RequestReport' { 'Findings' }
            'RepairedRequest' { 'Changes', 'Findings' }
            'ApiToken' { 'Bytes' }
            'ApiSimulator' { 'Models' }
        }
        $row = $object | Select-Object * -ExcludeProperty Exception, ExceptionType | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        @(($row.PSObject.Properties | Where-Object Value -Match '(System|ApiTools)\.\w|z__ReadOnly').Name) | Should -BeExactly @($expected)
    }

    It 'shows no key' {
        foreach ($text in (ConvertTo-Json $object -Depth 3 -WarningAction SilentlyContinue), ($object | ConvertTo-Csv | Out-String), ($object | Format-List * | Out-String)) {
            $text | Should -Not -Match $key
            if ($Type -ne 'ApiSimulator') { $text | Should -Not -Match $simulator.ApiKey }
        }
    }

    It 'keeps its properties and its text through Export-Clixml' {
        $copy = Copy-ByClixml $object
        (Get-Item "$TestDrive/copy.xml").Length | Should -BeLessThan 20000
        (Get-Content "$TestDrive/copy.xml" -Raw) | Should -Not -Match $key
        $copy.PSObject.TypeNames[0] | Should -Be "Deserialized.ApiTools.$Type"
        "$copy" | Should -BeExactly "$object"
        @($copy.PSObject.Properties.Name) | Should -BeExactly @($object.PSObject.Properties.Name)
        foreach ($property in $object.PSObject.Properties | Where-Object { $_.Value -is [string] -or $_.Value -is [ValueType] }) {
            # Of an enum PowerShell keeps the number, and its name as ToString alone.
            $copy.($property.Name).ToString() | Should -BeExactly $property.Value.ToString() -Because $property.Name
        }
    }
}

Describe 'ConvertTo-Json' {
    It 'writes the numbers, the finish and the text of a completion at its default depth' {
        $json = $made.ChatCompletion | ConvertTo-Json -WarningAction SilentlyContinue | ConvertFrom-Json
        $json.Content | Should -BeExactly $made.ChatCompletion.Content
        $json.Usage.TotalTokens | Should -Be $made.ChatCompletion.Usage.TotalTokens
        $json.FinishReason | Should -Be 'stop'
    }

    It 'writes enums as numbers, and as names where it is told to' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        ($made.JournalEntry | Select-Object Status | ConvertTo-Json -Compress) | Should -BeExactly '{"Status":0}'
        ($made.JournalEntry | Select-Object Status | ConvertTo-Json -Compress -EnumsAsStrings) | Should -BeExactly '{"Status":"Answered"}'
    }

    It 'writes what the schema asked for, with its own names' {
        ($parsed.Parsed | ConvertTo-Json -Compress) | Should -BeExactly '{"price":0}'
    }

    It 'writes the class to catch as its name' {
        (Get-ApiErrorCode rate_limit_exceeded | ConvertTo-Json | ConvertFrom-Json).ExceptionType | Should -BeExactly 'ApiTools.ApiLimitException'
    }
}

Describe 'Export-Csv' {
    It 'writes lists as their items' {
        $row = { param($Object) $Object | ConvertTo-Csv | ConvertFrom-Csv }
        (& $row $made.ModelInfo).InputModalities | Should -BeExactly 'text, image'
        (& $row $made.JournalSummary).Models | Should -BeExactly 'gpt-4o'
        (& $row $made.ApiLogEntry).FinishReasons | Should -BeExactly ''
        (& $row (Get-ApiLog log.jsonl | Where-Object Outcome -EQ Succeeded | Select-Object -First 1)).FinishReasons | Should -BeExactly 'stop'
        (& $row ($made.ApiUsage)).Errors | Should -BeExactly 'invalid_value: 1, rate_limit_exceeded: 1'
        (& $row $made.SimulatorRequest).Headers | Should -Match '(^|, )Host: 127\.0\.0\.1:\d+(, |$)'
        (& $row $made.TokenMeasure).Messages | Should -BeExactly 'messages[0]: 5, reply: 3'
        (& $row $withCall).ToolCalls | Should -BeExactly 'Get-Weather({"City":"Oslo"})'
        (& $row $withTool).ToolHistory | Should -BeExactly 'Get-Weather({"City":"Oslo"})'
        (& $row $made.ChatCompletion).AttemptHistory | Should -Match '^1: 429 rate_limit_exceeded; .+, 2: 200 succeeded; it succeeded$'
        (& $row (Invoke-ApiChat 'Hello')).ToolCalls | Should -BeExactly ''
    }

    It 'writes a list as its items into a string too' {
        "Sees $($made.ModelInfo.InputModalities)." | Should -BeExactly 'Sees text image.'
        [string]::Join('; ', $made.ModelInfo.InputModalities) | Should -BeExactly 'text; image'
        $made.ModelInfo.InputModalities[0] | Should -Be 'text'
        $made.ModelInfo.InputModalities.Count | Should -Be 2
    }
}

Describe 'Export-Clixml' {
    It 'keeps numbers, tools, tries and answers as objects' {
        $copy = Copy-ByClixml $made.ChatCompletion
        $copy.Usage.TotalTokens | Should -Be $made.ChatCompletion.Usage.TotalTokens
        $copy.AttemptHistory[0].Code | Should -Be 'rate_limit_exceeded'
        $copy.AttemptHistory[0].Wait | Should -BeOfType timespan
        $copy.Input.Body | Should -Be 'It burns.'
        (Copy-ByClixml $withCall).ToolCalls[0].Arguments | Should -Be '{"City":"Oslo"}'
        (Copy-ByClixml $withTool).ToolHistory[0].Output | Should -Be 'Rain in Oslo'
        (Copy-ByClixml $parsed).Parsed.price | Should -Be 0
        (Copy-ByClixml $made.RequestReport).Findings[0].Param | Should -Be 'messages[0].role'
        (Copy-ByClixml $made.JournalEntry).Completion.Usage.TotalTokens | Should -Be $made.JournalEntry.Usage.TotalTokens
        (Copy-ByClixml $made.ApiUsage).Errors['rate_limit_exceeded'] | Should -Be 1
        (Copy-ByClixml $made.ApiChatSession).Messages[0].Content | Should -Be 'Hello'
    }

    It 'keeps of an error what a script asks it for' {
        $copy = Copy-ByClixml $failed
        $copy.FullyQualifiedErrorId | Should -Be 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
        $copy.Exception.Code | Should -Be 'invalid_value'
        $copy.Exception.Param | Should -Be 'temperature'
        $copy.Exception.Solution | Should -Be 'Check parameter format and range'
        $copy.Exception.Report.Findings.Count | Should -Be 1
        $copy.Exception.PSObject.Properties['TargetSite'] | Should -BeNullOrEmpty
        $copy.PSObject.TypeNames | Should -Contain 'Deserialized.System.Management.Automation.ErrorRecord'
    }
}

Describe 'What was deserialized' {
    It 'is asked about as the answer that it was' {
        $copy = Copy-ByClixml $made.ChatCompletion
        $null = $copy | Invoke-ApiChat
        (Get-Sent)[-1] | Should -BeExactly $made.ChatCompletion.Content
        $null = $copy | Invoke-ApiChat 'Shorten: {Content}'
        (Get-Sent)[-1] | Should -BeExactly "Shorten: $($made.ChatCompletion.Content)"
    }

    It 'is sent as the request that it was' {
        $answer = Copy-ByClixml (Repair-ApiRequest '{"model":"gpt-4o","messages":[{"role":"usr","content":"Hello"}]}') | Invoke-ApiChat
        $answer.FinishReason | Should -Be 'stop'
        (Get-Sent)[-1] | Should -Be 'Hello'
        (Invoke-ApiChat -Request (Copy-ByClixml $made.RepairedRequest) -Temperature 1).FinishReason | Should -Be 'stop'
    }

    It 'is checked and repaired as the request that it was' {
        $copy = Copy-ByClixml $made.RepairedRequest
        ($copy | Test-ApiRequest -ErrorAction SilentlyContinue).Findings.Param | Should -BeExactly 'temperature'
        ($copy | Repair-ApiRequest -Include temperature).Request | Should -BeExactly ($made.RepairedRequest | Repair-ApiRequest -Include temperature).Request
    }

    It 'is resolved as the error that it was' {
        foreach ($copy in 'Clixml', 'Json' | ForEach-Object { & "Copy-By$_" $failed; & "Copy-By$_" $failed.Exception; & "Copy-By$_" $made.ResolvedApiError }) {
            $resolved = $copy | Resolve-ApiError
            $resolved.Code | Should -Be 'invalid_value'
            $resolved.Param | Should -Be 'temperature'
            $resolved.Message | Should -BeExactly $failed.Exception.Message
            $resolved.NextCommand | Should -BeExactly $failed.Exception.NextCommand
            $resolved.Exception | Should -BeOfType ApiTools.ApiRequestException
            $resolved.Confidence | Should -Be High
            $resolved.Source | Should -BeExactly 'error record of another process'
        }
    }

    It 'has its limit, its tries and its first error where it was an error of a service' {
        $null = Invoke-ApiChat 'a limit' -MaximumRetryCount 1 -RetryIntervalSec 1 -ErrorVariable limited -ErrorAction SilentlyContinue
        foreach ($copy in (Copy-ByClixml $limited[0]), (Copy-ByJson $limited[0]), (Copy-ByJson $limited[0].Exception)) {
            $back = ($copy | Resolve-ApiError).Exception
            $back | Should -BeOfType ApiTools.ApiLimitException
            $back.Status | Should -Be 429
            $back.RequestId | Should -Be $limited[0].Exception.RequestId
            $back.AttemptHistory.Count | Should -Be 2
            "$($back.AttemptHistory[0])" | Should -BeExactly "$($limited[0].Exception.AttemptHistory[0])"
            "$($back.Limit)" | Should -BeExactly "$($limited[0].Exception.Limit)"
            $back.RetryAfter | Should -Be $limited[0].Exception.RetryAfter
            $back.Request | Should -BeExactly $limited[0].Exception.Request
        }
    }

    It 'is reported as the error that it was' {
        $report = $failed | Export-ApiErrorReport
        foreach ($copy in 'Clixml', 'Json' | ForEach-Object { & "Copy-By$_" $failed; & "Copy-By$_" $failed.Exception; & "Copy-By$_" $made.ResolvedApiError }) {
            $copy | Export-ApiErrorReport | Should -BeExactly $report
        }
    }

    It 'is checked and repaired as the request of the error that it was' {
        foreach ($copy in (Copy-ByClixml $failed), (Copy-ByJson $failed), (Copy-ByJson $failed.Exception)) {
            ($copy | Test-ApiRequest -ErrorAction SilentlyContinue).Findings.Param | Should -BeExactly 'temperature'
            ($copy | Repair-ApiRequest -Include temperature).IsValid | Should -BeTrue
        }
    }

    It 'is text again where it was tokens, each text for itself' {
        $texts = 'Hello world', "Gr$([char] 0xfc)n"
        Copy-ByClixml ($texts | ConvertTo-ApiToken -Encoding o200k_base) | ConvertFrom-ApiToken | Should -BeExactly $texts
    }

    It 'is a model where it was one' {
        (Invoke-ApiChat 'Hello' -Model (Copy-ByClixml (Get-ApiModel gpt-4.1))).Model | Should -Be 'gpt-4.1'
    }

    It 'fills a template where it was a measure, a journal entry or a line of a log' {
        $null = Copy-ByClixml $made.JournalEntry | Invoke-ApiChat 'Again: {Content}'
        (Get-Sent)[-1] | Should -BeExactly "Again: $($made.JournalEntry.Content)"
        $null = Copy-ByClixml $made.TokenMeasure | Invoke-ApiChat 'Is {Tokens} much?'
        (Get-Sent)[-1] | Should -Be 'Is 8 much?'
    }

    It 'is no connection any more, and says what to do' {
        $away = Copy-ByClixml (Get-ApiConnection Other)
        { Invoke-ApiChat 'Hello' -Connection $away } | Should -Throw -PassThru | Set-Variable failure
        Assert-Failure $failure invalid_value InvalidArgument $away `
            "This connection was written with Export-Clixml, or comes from a job or another machine, and a key never travels along. Connect here, and give the connection's name. (invalid_value)" `
            'Check parameter format and range. Run: Connect-ApiService -BaseUri ''https://api.example.com/v1'''
        # Its name is what counts here.
        $away | Disconnect-ApiService
        Get-ApiConnection Other -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'is no session any more, and says what to do' {
        $away = Copy-ByClixml $session
        $words = "*written with Export-Clixml*Keep a session in a file with Export-ApiChatSession, and read it there with Import-ApiChatSession."
        { Invoke-ApiChat 'Hello' -Session $away } | Should -Throw $words -ErrorId 'ParameterArgumentTransformationError,ApiTools.Cmdlets.InvokeApiChatCommand'
        { $away | Export-ApiChatSession kept.json -ErrorAction Stop } | Should -Throw $words
        'kept.json' | Should -Not -Exist
    }

    It 'is refused where it was nothing that makes a request, and not sent as a hashtable of its properties' -ForEach @(
        @{ What = 'RequestReport' }, @{ What = 'TokenMeasure' }, @{ What = 'SimulatorRequest' }, @{ What = 'ErrorCodeInfo' }
    ) {
        foreach ($command in 'Test-ApiRequest', 'Repair-ApiRequest') {
            Copy-ByClixml $made[$What] | & $command -ErrorVariable refused -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $refused[0].ErrorDetails.Message | Should -BeLike "The request was a ApiTools.$What, which has no meaning in JSON. Give a string, a number, a hashtable or an array. (invalid_value)*"
        }
    }

    It 'is a request where it was a custom object' {
        $request = [pscustomobject]@{ model = 'gpt-4o'; messages = @([pscustomobject]@{ role = 'user'; content = 'Hello' }) }
        (Copy-ByClixml $request | Test-ApiRequest).IsValid | Should -BeTrue
        (Copy-ByClixml ($request | Select-Object *) | Test-ApiRequest).IsValid | Should -BeTrue
    }
}

Describe 'A job in another process' {
    BeforeAll {
        $job = Start-Job {
            Import-Module "$using:root/out/ApiTools"
            Start-ApiSimulator
            Connect-ApiService -Simulator
            Invoke-ApiChat 'Hi'
            Invoke-ApiChat 'Hello' -Temperature 3
        }
        $out = @($job | Receive-Job -Wait -AutoRemoveJob -ErrorVariable jobError -ErrorAction SilentlyContinue)
        $jobError = @($jobError)[0]
    }

    It 'gives completions with numbers, which can be piped on' {
        $out.Count | Should -Be 1
        $out[0].Usage.TotalTokens | Should -BeGreaterThan 0
        $null = $out | Invoke-ApiChat
        (Get-Sent)[-1] | Should -BeExactly $out[0].Content
        ($out | Format-Table | Out-String) | Should -Match 'Hi +\d+ +1 '
    }

    It 'gives errors with their id, and their code, which can be resolved, checked and reported' {
        $jobError.FullyQualifiedErrorId | Should -Be 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
        $jobError.TargetObject | Should -Be 'Hello'
        $jobError.Exception.SerializedRemoteException.Code | Should -Be 'invalid_value'
        ($jobError | Resolve-ApiError).Exception | Should -BeOfType ApiTools.ApiRequestException
        ($jobError | Test-ApiRequest -ErrorAction SilentlyContinue).Findings.Param | Should -Be 'temperature'
        $jobError | Export-ApiErrorReport | Should -Match '\| Param \| temperature \|'
    }
}
