# The pictures in docs/screens show what tools/New-Screen.ps1 makes.

BeforeDiscovery {
    $isDesktop = $PSVersionTable.PSEdition -eq 'Desktop'
    $pictures = Get-ChildItem "$PSScriptRoot/../../docs/screens" -Filter *.svg | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    if ($PSVersionTable.PSEdition -ne 'Desktop') {
        # In a process of its own: it has the colours on.
        $said = Invoke-Fresh "& '$root/tools/New-Screen.ps1' -Path '$TestDrive/screens'"
    }

    # The words of a picture, each line on one: without the places, which follow from them, and without what time and the machine make of them.
    function Get-PictureText([string] $Path) {
        $svg = [xml] [IO.File]::ReadAllText($Path)
        $rows = @($svg.svg.g.text | Group-Object { [double] $_.y } | Sort-Object { [double] $_.Name } | ForEach-Object { -join $_.Group.'#text' })
        $text = ($rows -join "`n") -replace '(?s)(StackTrace +:).*?(TargetObject)', '$1 $2' -replace '(?s)(InvocationInfo +:).*', '$1'
        $text -replace '\d+\.\d+ s\b', '0.0 s' -replace '\b\d\.\d\d\b', '0.00' -replace '\d\d/\d\d/\d{4} \d\d:\d\d:\d\d [+-]\d\d:\d\d', 'TIME' -replace '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d', 'TIME' -replace '\d\d-\d\d \d\d:\d\d:\d\d', 'TIME' -replace '\d\d:\d\d:\d\d\.\d{7}', 'DURATION' -replace '(Bytes +: ?)\d+', '$1N' -replace '(?m)^ +\d [0-9a-f]{16}-1 .*$', 'ENTRY'
    }
}

Describe 'docs/screens' {
    It 'has of each picture what its script makes: <Name>' -ForEach $pictures -Skip:$isDesktop {
        $said | Should -BeNullOrEmpty
        Get-PictureText "$TestDrive/screens/$Name" | Should -BeExactly (Get-PictureText "$root/docs/screens/$Name")
    }

    It 'has each picture that the script makes' -Skip:$isDesktop {
        (Get-ChildItem "$TestDrive/screens").Name | Should -BeExactly (Get-ChildItem "$root/docs/screens").Name
    }

    It 'is shown whole in docs/screens.md' {
        $shown = [regex]::Matches([IO.File]::ReadAllText("$root/docs/screens.md"), '\(screens/([\w-]+\.svg)\)') | ForEach-Object { $_.Groups[1].Value }
        $shown | Sort-Object | Should -BeExactly (Get-ChildItem "$root/docs/screens").Name
    }
}
