[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'A BeforeDiscovery sets what -ForEach and -Skip take.')]
param()

# What a person sees of each thing that the cmdlets write, in 80 and in 200 columns. The screens are in Screens, a file each, to be read;
# $env:APITOOLS_UPDATE_SCREENS = 1 has them written anew.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $isDesktop = $PSVersionTable.PSEdition -eq 'Desktop'
    $names = Get-ChildItem "$PSScriptRoot/Screens" -Filter *.txt | ForEach-Object { @{ Name = $_.BaseName } }

    # What is public and has no view.
    $without = @{
        'SimulatorAnswer SimulatorFault SimulatorToolCall' = 'are given to the simulator; no cmdlet writes them'
    }
    $types = foreach ($type in [ApiTools.ChatCompletion].Assembly.GetExportedTypes()) {
        if ($type.IsEnum -or $type.IsAbstract -or $type.Namespace -ne 'ApiTools') { continue }
        $reason = foreach ($key in $without.Keys) { if ($type.Name -in -split $key) { $without[$key] } }
        @{ Type = $type.FullName; Reason = $reason; IsError = [Exception].IsAssignableFrom($type) }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
    . "$PSScriptRoot/Screen.ps1"

    $folder = (New-Item "$TestDrive/views" -ItemType Directory).FullName
    Push-Location $folder
    $things = & "$PSScriptRoot/Views.Samples.ps1" -Folder $folder
    Pop-Location
    $wide = New-Screen 200 $folder
    $narrow = New-Screen 80 $folder

    # The time and what comes of it, ports, and where this repository lies.
    function Format-Screen([string] $Text) {
        $Text = $Text -replace '127\.0\.0\.1:\d{5}', '127.0.0.1:49152' -replace '\b\d\d-\d\d \d\d:\d\d:\d\d\b', 'MM-dd HH:mm:ss' -replace '\b\d\.\d\d\b(?!s)', '0.00' -replace '\b[0-5]\d\.\d\d\b(?!s)', '00.00'
        $Text = $Text -replace ', \d\.\d s\b', ', 0.0 s' -replace '\d\d/\d\d/20\d\d \d\d:\d\d:\d\d', 'MM/dd/yyyy HH:mm:ss'
        # Of several calls at once, which is counted first is chance.
        $Text = $Text -replace '\b\d{4}/5000 requests, \d{7}/', '4999/5000 requests, 1999999/'
        $Text -replace '(?m)^(Path|Source)( *): .*(\n +\S.*)*', '$1$2: (path)'
    }

    $forms = [ordered]@{
        'as it is'       = 'param($given) $given | Out-Default'
        'Format-Table'   = 'param($given) $given | Format-Table | Out-Default'
        'Format-List'    = 'param($given) $given | Format-List | Out-Default'
        'Format-Wide'    = 'param($given) $given | Format-Wide | Out-Default'
    }

    # All that there is to see of a thing; what is seen twice is not shown twice.
    function Get-EachScreen([object[]] $Thing) {
        $seen = @{}
        $parts = foreach ($screen in $narrow, $wide) {
            foreach ($form in $forms.Keys) {
                $text = Format-Screen (Get-Screen $screen $Thing $forms[$form])
                $title = "=== $form, $($screen.Screen.UI.RawUI.BufferSize.Width) columns"
                if ($seen.ContainsKey($text)) { continue }
                $seen[$text] = $true
                "$title`n$text"
            }
        }
        ($parts -join "`n`n") + "`n"
    }

    if ($env:APITOOLS_UPDATE_SCREENS) {
        foreach ($name in $things.Keys) { [IO.File]::WriteAllText("$PSScriptRoot/Screens/$name.txt", (Get-EachScreen $things[$name])) }
    }
}

AfterAll {
    Remove-Screen $wide
    Remove-Screen $narrow
    Disconnect-ApiService local
    Disconnect-ApiService
    Stop-ApiSimulator
}

Describe 'The screens' {
    It 'of <Name>' -ForEach $names -Skip:$isDesktop {
        Get-EachScreen $things[$Name] | Should -BeExactly ([IO.File]::ReadAllText("$PSScriptRoot/Screens/$Name.txt") -replace '\r')
    }

    It 'are of all the samples' {
        $names = (Get-ChildItem "$PSScriptRoot/Screens" -Filter *.txt).BaseName | Sort-Object
        $things.Keys | Sort-Object | Should -BeExactly $names
    }

    It 'show each public type as a table, a list or text of its own: <Type>' -ForEach $types {
        $views = @(Get-FormatData -TypeName $Type -PowerShellVersion $PSVersionTable.PSVersion)
        if ($IsError) { $views = @(Get-FormatData -TypeName ApiTools.ApiException -PowerShellVersion $PSVersionTable.PSVersion) }
        if ($Reason) { $views | Should -BeNullOrEmpty } else { $views | Should -Not -BeNullOrEmpty }
    }

    It 'execute nothing that a model sent, whatever form they have' {
        foreach ($name in $things.Keys) {
            foreach ($form in $forms.Values) {
                foreach ($screen in $narrow, $wide) {
                    # Colours alone are ours.
                    $null = Get-Screen $screen $things[$name] $form
                    ($screen.Screen.Text -replace '\x1b\[[0-9;]*m') | Should -Not -Match '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]' -Because "it is $name, $form"
                }
            }
        }
    }

    It 'are no wider than the terminal' {
        foreach ($name in $things.Keys) {
            foreach ($form in $forms.Values) {
                (Get-Screen $narrow $things[$name] $form) -split "`n" | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty -Because "it is $name, $form"
            }
        }
    }

    It 'are the same in strict mode, and without $PSStyle' {
        $strict = New-Screen 80 $folder 'Set-StrictMode -Version Latest; Remove-Variable PSStyle -Force -ErrorAction Ignore'
        try {
            foreach ($name in $things.Keys) {
                foreach ($form in $forms.Values) {
                    Get-Screen $strict $things[$name] $form | Should -BeExactly (Get-Screen $narrow $things[$name] $form) -Because "it is $name, $form"
                }
            }
        }
        finally { Remove-Screen $strict }
    }

    It 'of what came from a file or another process show the same: <Name>' -ForEach $names {
        # Of tokens, which text they are of does not come along, and of a conversation, what its messages carry.
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($things[$Name], 3))
        $text = Get-Screen $narrow $copy
        if ($Name -eq 'ApiToken') { $text | Should -Match '(?m)^ +0 +12194 +0 Hi +48 69$' }
        elseif ($Name -eq 'ApiChatSession') { $text | Should -Match '(?m)^user: Poem about rain$' }
        else { $text | Should -BeExactly (Get-Screen $narrow $things[$Name]) }
    }
}

Describe 'Errors' {
    BeforeAll {
        $failures = @{}
        $failures.quota = $(try { Invoke-ApiChat 'Spent, alas' -ErrorAction Stop } catch { $_ })
        $recommendation = $failures.quota.ErrorDetails.RecommendedAction
    }

    It 'say what to do next in ConciseView, once' -Skip:$isDesktop {
        $text = Get-Screen $narrow @($failures.quota) 'param($given) $ErrorView = "ConciseView"; $given | Out-Default'
        $flat = $text -replace '\n'
        $flat | Should -Match ([regex]::Escape("Recommendation: $recommendation"))
        [regex]::Matches($flat, 'Quota insufficient').Count | Should -Be 1
        [regex]::Matches($flat, 'Recommendation').Count | Should -Be 1
    }

    It 'say what to do next in <View>, once' -ForEach @{ View = 'NormalView' }, @{ View = 'CategoryView' } {
        # The message is made for the view that is asked for when the error is written.
        $text = Get-Screen $wide @() "`$ErrorView = '$View'; Invoke-ApiChat 'Spent, alas' 2>`$null; `$ErrorView = 'NormalView'; `$Error[0] | Out-Default"
        $flat = $text -replace '\n'
        $flat | Should -Match ([regex]::Escape("Recommendation: $recommendation"))
        [regex]::Matches($flat, 'Quota insufficient').Count | Should -Be 1
        [regex]::Matches($flat, 'Recommendation').Count | Should -Be 1
    }

    It 'say what to do next in <View>' -ForEach @{ View = 'DetailedView'; Script = 'param($given) $ErrorView = "DetailedView"; $global:Error.Insert(0, $given[0]); $given | Out-Default' }, @{ View = 'Get-Error'; Script = 'param($given) Get-Error -InputObject $given[0] | Out-Default' } -Skip:$isDesktop {
        $flat = (Get-Screen $wide @($failures.quota) $Script) -replace '\n'
        $flat | Should -Match 'Solution +: Recharge or wait for quota recovery'
        $flat | Should -Match 'NextCommand +: Invoke-ApiChat'
        $flat | Should -Match 'Code +: insufficient_quota'
    }

    It 'execute nothing of an answer where their exception is thrown again' {
        $thrown = Resolve-ApiError -Status 400 -Body '{"error":{"message":"a\u001b[2Jb","code":"odd"}}'
        $null = Get-Screen $narrow @($thrown.Exception) 'param($given) try { throw $given[0] } catch { $_ | Out-Default }'
        ($narrow.Screen.Text -replace '\x1b\[[0-9;]*m') | Should -Not -Match '\x1b'
    }

    It 'execute nothing of an answer in Get-Error' -Skip:$isDesktop {
        $error403 = Resolve-ApiError -Status 403 -Body "<html><title>Blocked$([char] 27)[2J</title>$([char] 0x9b)31m</html>"
        $error403.Exception.RawBody | Should -BeExactly '<html><title>Blocked␛[2J</title>\u009b31m</html>'
        $null = Get-Screen $wide @($error403.Exception) 'param($given) Get-Error -InputObject $given[0] | Out-Default'
        ($wide.Screen.Text -replace '\x1b\[[0-9;]*m') | Should -Not -Match '[\x1b\x9b]'
    }
}

Describe 'Colours' -Skip:$isDesktop {
    BeforeAll {
        $manifest = (Resolve-Path "$PSScriptRoot/../../out/ApiTools").Path
        $journal = (Resolve-Path "$PSScriptRoot/../../samples/jobs/summaries.jsonl").Path
        $show = "Import-Module '$manifest'; Get-ApiJournal '$journal' | Out-Default; (Get-ApiJournal '$journal')[0].Completion | Out-Default"
    }

    It 'are none in a file' {
        Invoke-Fresh "& { $show } > '$TestDrive/colours.txt'; Get-ApiJournal '$journal' > '$TestDrive/colours.txt'" | Out-Null
        $text = [IO.File]::ReadAllText("$TestDrive/colours.txt")
        $text | Should -Match Failed
        $text | Should -Not -Match '\x1b'
    }

    It 'are ours where $PSStyle.OutputRendering asks for them, and not where it does not: <Rendering>' -ForEach @{ Rendering = 'Ansi'; Coloured = $true }, @{ Rendering = 'PlainText'; Coloured = $false }, @{ Rendering = 'Host'; Coloured = $false } {
        # PowerShell itself colours its own headings even where the process's output is redirected.
        $text = Invoke-Fresh "`$PSStyle.OutputRendering = '$Rendering'; $show"
        if ($Coloured) {
            $text | Should -Match '\x1b\[31;1mFailed\x1b\[0m'
            $text | Should -Match '\x1b\[90m\[gpt-4o-mini'
        }
        else {
            $text | Should -Match '(?m)^ +4 T-1003 +Failed +1'
            $text | Should -Match '(?m)^\[gpt-4o-mini-2024-07-18, 22 \+ 11 tokens'
        }
    }

    It 'are none with NO_COLOR' {
        $before = $env:NO_COLOR
        $env:NO_COLOR = '1'
        try { Invoke-Fresh $show | Should -Not -Match '\x1b' }
        finally { $env:NO_COLOR = $before }
    }
}
